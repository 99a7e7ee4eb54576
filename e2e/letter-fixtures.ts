import { type Received, startTestSmtpServer } from "../backend/mail/test-smtp-server.ts";
import { test as base } from "./fixtures.ts";
import { openStand, type Stand } from "./support/stand.ts";
import { waitUntil } from "./support/wait-until.ts";

/** The letters that the backend sent, as a mail server took them. */
export type Letters = {
	/** Waits for the first one to this address that this test has not been given yet. */
	next(address: string): Promise<Received>;
};

type WorkerFixtures = { posted: { stand: Stand; letters: Letters }; letters: Letters };

/** The same stand with a mail server: its backend proves addresses before it makes accounts. */
export const test = base.extend<object, WorkerFixtures>({
	posted: [
		// Playwright reads what a fixture needs from this pattern, so it has to be one.
		async ({ browserName: _ }, use, info) => {
			const server = await startTestSmtpServer();
			const env = {
				SHEAF_SMTP_URL: `smtp://127.0.0.1:${server.port}`,
				SHEAF_MAIL_FROM: "Sheaf <sheaf@sheaf.test>",
			};
			const stand = await openStand(`letters-${info.parallelIndex}`, async () => ({ env, stop: server.close }));
			const next = async (address: string) => {
				const isNext = ({ to }: Received) => to.includes(address);
				await waitUntil(`a letter to ${address}`, () => server.received.some(isNext));
				const [letter] = server.received.splice(server.received.findIndex(isNext), 1);
				if (!letter) throw new Error("The letter is gone.");
				return letter;
			};
			await use({ stand, letters: { next } });
			await stand.stop();
		},
		{ scope: "worker", timeout: 90_000 },
	],
	workerStand: [async ({ posted }, use) => use(posted.stand), { scope: "worker" }],
	letters: [async ({ posted }, use) => use(posted.letters), { scope: "worker" }],
});

export { expect } from "@playwright/test";
