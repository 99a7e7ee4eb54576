import type { Mail } from "./mail.ts";

/**
 * Without SMTP: the link is printed for whoever runs the backend, who opens it or passes it on. Only the link and what it is for:
 * standard output is often kept with the logs, where no address belongs (OBS-1).
 *
 * @param print writes a text for a person at the terminal; not the structured log
 */
export function createPrintedMail(print: (text: string) => void): Mail {
	return {
		kind: "printed",
		send: async ({ subject, link }) => {
			if (link !== null) print(`\n  ${subject} (no SMTP is set, so the link is printed here):\n  ${link}\n`);
			return "sent";
		},
		close: () => undefined,
	};
}
