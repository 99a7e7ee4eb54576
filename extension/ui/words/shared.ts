/** Words that both pages use. */
export const undoWords = { undo: "Undo", takeBack: (title: string) => `Take back ${title}` };

export const copyWords = { copied: "Copied", failed: "Select it and copy it by hand." };

export const productName = "Sheaf";

/** What a destination is called while its target is not known here. */
export const unknownDestination = "your table";

export const failedWords = {
	storage: "The browser's storage did not answer, so Sheaf cannot show your records. Nothing was lost.",
	again: "Try again",
};

export const signInWords = {
	opening: "Opening the sign-in window",
	failed: (message: string) => `Signing in did not work: ${message} What you captured is safe on this device.`,
};
