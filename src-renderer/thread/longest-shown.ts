/** Texts longer than this, in UTF-16 units, are shown in part until the whole is asked for. */
export const longestShown = 1_600;
