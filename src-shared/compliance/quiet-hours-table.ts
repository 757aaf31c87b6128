/** Hours of the wall clock in which marketing may arrive: from the first on, and before the second. Null: not that day. */
export type DayWindow = readonly [fromHour: number, beforeHour: number] | null;

/** The hours of one state. `holidays`: may it arrive on a legal holiday? */
export type QuietHours = {
  readonly weekdays: DayWindow;
  readonly saturday: DayWindow;
  readonly sunday: DayWindow;
  readonly holidays: boolean;
};

/** Rules with the day on which they were read, so that an update can replace them. */
export type QuietHoursTable = {
  /** ISO date. */
  readonly asOf: string;
  /** 47 CFR 64.1200(c)(1): holds wherever a state says nothing stricter. */
  readonly federal: QuietHours;
  readonly states: Readonly<Record<string, QuietHours>>;
};

const daily = (from: number, before: number): QuietHours => ({
  weekdays: [from, before],
  saturday: [from, before],
  sunday: [from, before],
  holidays: true,
});
const noSundays: QuietHours = { ...daily(8, 20), sunday: null, holidays: false };

/** Where sources disagree, the stricter reading stands: CA, IL, PA, NV, NJ, NM, Rhode Island's Sunday. */
export const quietHoursTable: QuietHoursTable = {
  asOf: '2026-11-01',
  federal: daily(8, 21),
  states: {
    AL: noSundays,
    CA: daily(9, 21),
    CT: daily(9, 20),
    FL: daily(8, 20),
    IL: daily(9, 21),
    KY: daily(10, 21),
    LA: noSundays,
    MA: daily(8, 20),
    MD: daily(8, 20),
    MI: daily(9, 21),
    MN: daily(9, 21),
    MS: { ...noSundays, holidays: true },
    NJ: daily(8, 20),
    NM: daily(9, 21),
    NV: daily(9, 20),
    OK: daily(8, 20),
    PA: { ...daily(9, 21), sunday: null },
    RI: { weekdays: [9, 18], saturday: [10, 17], sunday: null, holidays: false },
    TX: { ...daily(9, 21), sunday: [12, 21] },
    WA: daily(8, 20),
  },
};
