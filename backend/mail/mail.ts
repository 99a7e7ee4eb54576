/** One letter to one person. `to` has been checked by `normalEmail`. */
export type Letter = {
	to: string;
	subject: string;
	text: string;
	html: string;
	/** What there is to do with it; null when it only tells something. */
	link: string | null;
};

/** `failed`: the server did not take it, and trying again later may help. */
export type MailOutcome = "sent" | "failed";

export type Mail = {
	/** What pages say of letters: that they were sent, or where their links are printed. */
	kind: "sent" | "printed";
	send(letter: Letter): Promise<MailOutcome>;
	close(): void;
};
