/** What people call it. */
export const title = "Baserow";
