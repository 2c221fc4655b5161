/** Millimetres of a column of a journal of two, and of a page of it. */
export const columnWidth = 84;
/** Millimetres of a figure over both columns. */
export const pageWidth = 178;
