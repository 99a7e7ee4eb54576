import type { GuardedHttp } from "../../connectors/connector.ts";
import type { GithubDeviceCode, GithubDeviceToken } from "../../contract/ways-in.ts";
import type { IdentityEnv } from "../../env-identity.ts";
import { SheafError } from "../../errors.ts";
import { tokenHash } from "../opaque-tokens.ts";
import { askGithub, type GithubAnswer } from "./ask-github.ts";

/**
 * GitHub's device flow (RFC 8628) for clients that CORS keeps from GitHub (ID-4). Only the client id is sent: the flow needs no
 * secret, and who polls could be anybody.
 */
export type GithubDeviceFlow = {
	/** @throws SheafError `auth/provider-unknown` when GitHub does not offer the flow to this app, `auth/upstream-unavailable`. */
	begin(signal: AbortSignal): Promise<GithubDeviceCode>;
	/** Asked before its time, it answers by itself: GitHub would lengthen the interval each time. Errors as `begin`. */
	poll(deviceCode: string, signal: AbortSignal): Promise<GithubDeviceToken>;
};

export type GithubDeviceSettings = {
	github: Pick<NonNullable<IdentityEnv["github"]>, "clientId" | "url">;
	http: GuardedHttp;
	/** Milliseconds since the epoch. */
	now: () => number;
};

const scope = "read:user user:email";
/** RFC 8628 §3.2 and §3.5. */
const usualIntervalSeconds = 5;
const slowDownSeconds = 5;
/** GitHub's codes live for 15 minutes; one that another process began is remembered as long. */
const usualLifeSeconds = 900;
/** About 2 MB. The oldest go first; a forgotten one may be asked too early once. */
const maxRemembered = 10_000;

/** What is remembered of a code, under its hash. */
type Polled = { intervalSeconds: number; nextAt: number; expiresAt: number };

/** One per process. Another process that is polled with the same code asks GitHub, and learns the interval from its `slow_down`. */
export function createGithubDeviceFlow({ github, http, now }: GithubDeviceSettings): GithubDeviceFlow {
	const memory = createMemory(now);
	const ask = (path: string, fields: Record<string, string>, signal: AbortSignal) =>
		askGithub(http, { url: `${github.url}${path}`, fields: { client_id: github.clientId, ...fields }, signal });
	return {
		begin: async (signal) => {
			const code = codeOf(await ask("/login/device/code", { scope }, signal));
			const { intervalSeconds, expiresInSeconds } = code;
			memory.put(code.deviceCode, {
				intervalSeconds,
				nextAt: now() + intervalSeconds * 1_000,
				expiresAt: now() + expiresInSeconds * 1_000,
			});
			return code;
		},
		poll: async (deviceCode, signal) => {
			const known = memory.get(deviceCode);
			if (now() < known.nextAt) return { status: "pending", intervalSeconds: known.intervalSeconds };
			// Before the question is asked, so that of two at once only one is.
			const wait = (intervalSeconds: number) =>
				memory.put(deviceCode, { ...known, intervalSeconds, nextAt: now() + intervalSeconds * 1_000 });
			wait(known.intervalSeconds);
			const grant = { device_code: deviceCode, grant_type: "urn:ietf:params:oauth:grant-type:device_code" };
			const result = tokenOf(await ask("/login/oauth/access_token", grant, signal), known.intervalSeconds);
			if (result.status === "pending") wait(result.intervalSeconds);
			return result;
		},
	};
}

function createMemory(now: () => number) {
	const polled = new Map<string, Polled>();
	const keyOf = (deviceCode: string) => tokenHash(deviceCode).toString("base64url");
	return {
		get: (deviceCode: string): Polled => {
			const known = polled.get(keyOf(deviceCode));
			if (known && known.expiresAt > now()) return known;
			return { intervalSeconds: usualIntervalSeconds, nextAt: 0, expiresAt: now() + usualLifeSeconds * 1_000 };
		},
		put: (deviceCode: string, entry: Polled) => {
			polled.delete(keyOf(deviceCode));
			polled.set(keyOf(deviceCode), entry);
			const [oldest] = polled.keys();
			if (polled.size > maxRemembered && oldest !== undefined) polled.delete(oldest);
		},
	};
}

function codeOf(answer: GithubAnswer): GithubDeviceCode {
	const { device_code: deviceCode, user_code: userCode, verification_uri: verificationUri, interval } = answer;
	if (answer.error !== undefined) throw notOffered();
	if (deviceCode === undefined || userCode === undefined || !/^https?:\/\//.test(verificationUri ?? ""))
		throw unreadable();
	return {
		deviceCode,
		userCode,
		verificationUri: verificationUri ?? "",
		expiresInSeconds: answer.expires_in ?? usualLifeSeconds,
		intervalSeconds: interval ?? usualIntervalSeconds,
	};
}

/** GitHub says what went wrong with a 200 and a word. */
function tokenOf(answer: GithubAnswer, intervalSeconds: number): GithubDeviceToken {
	switch (answer.error) {
		case undefined:
			if (answer.access_token === undefined) throw unreadable();
			return { status: "granted", accessToken: answer.access_token };
		case "authorization_pending":
			return { status: "pending", intervalSeconds: answer.interval ?? intervalSeconds };
		case "slow_down":
			return { status: "pending", intervalSeconds: answer.interval ?? intervalSeconds + slowDownSeconds };
		case "access_denied":
			return { status: "denied" };
		// Used or never made: either way only a new code helps.
		case "incorrect_device_code":
		case "bad_verification_code":
		case "expired_token":
		case "token_expired":
			return { status: "expired" };
		default:
			throw notOffered();
	}
}

function notOffered(): SheafError {
	return new SheafError(
		"auth/provider-unknown",
		"GitHub does not offer its device sign-in to this backend. Sign in another way.",
	);
}

function unreadable(): SheafError {
	return new SheafError("auth/upstream-unavailable", "GitHub's answer could not be read. Try again in a moment.", {
		details: { retryAfterSeconds: 5 },
	});
}
