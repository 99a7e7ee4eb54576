import type { Letter, Mail } from "./mail.ts";

/** A mail door that keeps what it is given, for tests of other rooms. */
export type TestMailBox = Mail & {
	letters: Letter[];
	/** The last letter to this address. */
	to(address: string): Letter;
	/** From now on letters fail, or no longer. */
	fail(fails: boolean): void;
};

export function createTestMailBox(kind: Mail["kind"] = "sent"): TestMailBox {
	const letters: Letter[] = [];
	let fails = false;
	return {
		kind,
		letters,
		send: async (letter) => {
			if (fails) return "failed";
			letters.push(letter);
			return "sent";
		},
		to: (address) => {
			const letter = letters.findLast(({ to }) => to === address);
			if (!letter) throw new Error(`No letter to ${address}; there are ${letters.length}.`);
			return letter;
		},
		fail: (next) => {
			fails = next;
		},
		close: () => undefined,
	};
}

/** The code in a letter, as a person types it. */
export function codeIn({ text }: Letter): string {
	const code = /^ {4}(\d{4} \d{4})$/m.exec(text)?.[1];
	if (code === undefined) throw new Error(`No code in "${text}".`);
	return code;
}
