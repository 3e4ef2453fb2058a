// One framework as the operator API shows it.
import { toEndpointResource, type MasterResponseGetFrameworksFramework, type Offer } from "@mezzo/wire";
import type { Framework } from "../../framework.ts";
import { inverseOffersOf } from "../../inverse-offer.ts";
import type { MasterState } from "../../state.ts";
import { timeInfo } from "./agent-response.ts";

function times(framework: Framework): Partial<MasterResponseGetFrameworksFramework> {
  const { registeredTime, reregisteredTime, unregisteredTime } = framework;
  const newest = reregisteredTime || registeredTime;
  return {
    ...(registeredTime > 0 ? { registered_time: timeInfo(registeredTime) } : {}),
    ...(newest > 0 ? { reregistered_time: timeInfo(newest) } : {}),
    ...(unregisteredTime > 0 ? { unregistered_time: timeInfo(unregisteredTime) } : {}),
  };
}

/** @see Mesos src/master/http.cpp, `model` of a framework */
export function frameworkResponse(
  framework: Framework,
  state: MasterState,
): MasterResponseGetFrameworksFramework {
  const offers = [...framework.offers].flatMap((id): Offer[] => {
    const record = state.offers.get(id);
    return record ? [record.offer] : [];
  });
  const inverseOffers = inverseOffersOf(state.inverseOffers, { frameworkId: framework.id });
  const { totalUsedResources: used, totalOfferedResources: offered } = framework;
  return {
    framework_info: framework.info,
    active: framework.active && framework.state === "connected",
    connected: framework.state === "connected",
    recovered: framework.state === "recovered",
    ...times(framework),
    ...(offers.length > 0 ? { offers } : {}),
    ...(inverseOffers.length > 0
      ? { inverse_offers: inverseOffers.map(({ inverseOffer }) => inverseOffer) }
      : {}),
    ...(used.length > 0 ? { allocated_resources: used.map(toEndpointResource) } : {}),
    ...(offered.length > 0 ? { offered_resources: offered.map(toEndpointResource) } : {}),
    offer_constraints: framework.offerConstraints,
  };
}
