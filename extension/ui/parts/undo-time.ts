/** How long a change can be taken back with one press. */
export const undoMs = 8_000;
