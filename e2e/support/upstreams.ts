import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import {
	type Emulated,
	emulateCommand,
	emulated,
	emulatedAddress,
	emulateSeed,
	emulateVariables,
	firstOfFreePorts,
} from "../../backend/identity/upstream/test-emulate.ts";
import { TestIssuer } from "../../backend/identity/upstream/test-issuer.ts";
import { lastLines, startProcess } from "./child-process.ts";
import { testResults } from "./paths.ts";
import type { Surroundings } from "./stand.ts";
import { waitUntil } from "./wait-until.ts";

/** The ways in through somebody else, as this run has them. */
export type Upstreams = Surroundings & {
	/** Clerk, by a stand-in of ours: the package `emulate` leaves the nonce out of its ID tokens. */
	clerk: TestIssuer;
};

/**
 * Google, GitHub, Microsoft and Okta by one process of the package `emulate`, Clerk by a stand-in of ours.
 *
 * @param publicUrl the backend's, whose callbacks are registered with them
 */
export async function startUpstreams(name: string, publicUrl: string): Promise<Upstreams> {
	const firstPort = await firstOfFreePorts(emulated.length);
	const [stop, clerk] = await Promise.all([startEmulate(name, { firstPort, publicUrl }), startClerk(publicUrl)]);
	return {
		clerk,
		env: {
			...emulateVariables(firstPort),
			SHEAF_CLERK_ISSUER: clerk.address,
			SHEAF_CLERK_CLIENT_ID: clerkClient.clientId,
			SHEAF_CLERK_CLIENT_SECRET: clerkClient.clientSecret,
		},
		stop: async () => void (await Promise.all([stop(), clerk.server.close()])),
	};
}

type Place = { firstPort: number; publicUrl: string };

async function startEmulate(name: string, { firstPort, publicUrl }: Place): Promise<() => Promise<void>> {
	const seed = `${testResults}/data/${name}-seed.json`;
	mkdirSync(dirname(seed), { recursive: true });
	writeFileSync(seed, JSON.stringify(emulateSeed(publicUrl)));
	const running = startProcess({ command: emulateCommand(firstPort, seed), logName: name });
	const answers = async (service: Emulated) => (await fetch(emulatedAddress(firstPort, service))).status > 0;
	await waitUntil("emulate to start", async () => {
		if (!running.isRunning()) return true;
		return (await Promise.all(emulated.map(answers))).every(Boolean);
	});
	if (!running.isRunning()) throw new Error(`emulate ended at its start:\n${lastLines(running.logFile)}`);
	return running.stop;
}

const clerkClient = { clientId: "sheaf-at-clerk", clientSecret: "secret-of-clerk" };

async function startClerk(publicUrl: string): Promise<TestIssuer> {
	const clerk = await new TestIssuer({
		client: { ...clerkClient, redirectUri: `${publicUrl}/oauth/callback/clerk` },
	}).start();
	const email = "ada@clerk.example";
	clerk.accounts.set("user_ada", { email, email_verified: true, given_name: "Ada", family_name: "Lovelace" });
	return clerk;
}
