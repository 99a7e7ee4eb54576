/** Who signed in, and by which way in (`password`, `google`, …). Goes from the page to the code to the device's session. */
export type SignedIn = { userId: string; provider: string };
