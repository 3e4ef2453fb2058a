// The value of a Date header (RFC 7231, IMF-fixdate), from plain arithmetic: time comes from a Clock.

const WEEKDAYS = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS_PER_ERA = 146_097;

const pad = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** Year, month (0-11) and day of the month of a day counted from 1970-01-01, in the Gregorian calendar. */
function civilDate(day: number): { year: number; month: number; dayOfMonth: number } {
  // Years are counted from March, so that the leap day is the last of its year.
  const shifted = day + 719_468;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / (DAYS_PER_ERA - 1))) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = (monthFromMarch + 2) % 12;
  return {
    year: yearOfEra + era * 400 + (month < 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** `Sun, 22 Nov 2026 15:54:52 GMT` for a time in milliseconds since 1970. */
export function httpDate(nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  const day = Math.floor(seconds / 86_400);
  const rest = seconds - day * 86_400;
  const { year, month, dayOfMonth } = civilDate(day);
  const hours = pad(Math.floor(rest / 3600));
  const minutes = pad(Math.floor(rest / 60) % 60);
  return `${WEEKDAYS[((day % 7) + 7) % 7]}, ${pad(dayOfMonth)} ${MONTHS[month]} ${year} ${hours}:${minutes}:${pad(rest % 60)} GMT`;
}
