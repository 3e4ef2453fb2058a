// The events a scheduler can listen to.
import type {
  SchedulerEventError,
  SchedulerEventFailure,
  SchedulerEventInverseOffers,
  SchedulerEventMessage,
  SchedulerEventOffers,
  SchedulerEventRescind,
  SchedulerEventRescindInverseOffer,
  SchedulerEventSubscribed,
  SchedulerEventUpdate,
  SchedulerEventUpdateOperationStatus,
} from "@mezzo/wire";

/** Payloads by name. Upper case: the events of Mesos (docs/scheduler-http-api.md). Lower case: of this client. */
export interface SchedulerEvents {
  SUBSCRIBED: SchedulerEventSubscribed;
  OFFERS: SchedulerEventOffers;
  INVERSE_OFFERS: SchedulerEventInverseOffers;
  RESCIND: SchedulerEventRescind;
  RESCIND_INVERSE_OFFER: SchedulerEventRescindInverseOffer;
  UPDATE: SchedulerEventUpdate;
  UPDATE_OPERATION_STATUS: SchedulerEventUpdateOperationStatus;
  MESSAGE: SchedulerEventMessage;
  FAILURE: SchedulerEventFailure;
  ERROR: SchedulerEventError;
  HEARTBEAT: undefined;
  /** The stream is lost; the client is already trying to come back. */
  disconnected: { reason: string };
  /** An attempt to subscribe has failed, or the stream was lost; the next attempt comes after the delay. */
  retrying: { reason: string; delayMs: number };
}
