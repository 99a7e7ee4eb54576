import type { EntitySeed } from "../../backend/connectors/amazon-ads/simulator/control.ts";
import type { OAuthClient } from "../../backend/connectors/amazon-ads/simulator/login.ts";
import type { ProfileSeed } from "../../backend/connectors/amazon-ads/simulator/world.ts";
import { lastLines, startProcess } from "./child-process.ts";
import { freePort } from "./free-port.ts";
import { inRepository } from "./paths.ts";
import { waitUntil } from "./wait-until.ts";

/** The stand-in for Login with Amazon and its advertising interface in a process of its own, and the hand on it. */
export type AmazonProcess = {
	/** What AMAZON_OAUTH_URL is set to; the regions are below it, at `/na`, `/eu` and `/fe`. */
	url: string;
	registerClient(client: OAuthClient): Promise<void>;
	addProfile(profile: ProfileSeed): Promise<void>;
	/** What an account has of one sort, from now on. */
	setEntities(seed: EntitySeed): Promise<void>;
	/** As an hour that has passed: access tokens got by consent are refused, their refresh tokens work. */
	expireAccessTokens(): Promise<void>;
	/** As a person who removes the app from their Amazon account. */
	revokeGrants(): Promise<void>;
	stop(): Promise<void>;
};

export async function startAmazonProcess(name: string): Promise<AmazonProcess> {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const serve = "backend/connectors/amazon-ads/simulator/serve.ts";
	const running = startProcess({
		command: [inRepository("node_modules/.bin/bun"), serve, "--port", String(port), "--parent", String(process.pid)],
		logName: name,
	});
	await waitUntil("the simulator of Amazon to start", async () => {
		if (!running.isRunning()) return true;
		return (await fetch(`${url}/__control/ready`)).ok;
	});
	if (!running.isRunning()) throw new Error(`The simulator ended at its start:\n${lastLines(running.logFile)}`);
	const tell = async (path: string, body: unknown): Promise<void> => {
		const headers = { "content-type": "application/json" };
		const reply = await fetch(`${url}/__control${path}`, { method: "POST", headers, body: JSON.stringify(body) });
		if (!reply.ok) throw new Error(`The simulator answered ${reply.status} to ${path}: ${await reply.text()}`);
	};
	return {
		url,
		registerClient: (client) => tell("/clients", client),
		addProfile: (profile) => tell("/profiles", profile),
		setEntities: (seed) => tell("/entities", seed),
		expireAccessTokens: () => tell("/expire", {}),
		revokeGrants: () => tell("/revoke", {}),
		stop: () => running.stop(),
	};
}
