import { Elysia } from "elysia";
import { GithubDeviceCode, GithubDevicePoll, GithubDeviceToken } from "../../contract/ways-in.ts";
import { SheafError } from "../../errors.ts";
import { createGithubDeviceFlow, type GithubDeviceFlow } from "../../identity/github-device/device-flow.ts";
import { countHit, rateLimits } from "../../identity/rate-limits.ts";
import type { RouteDeps } from "../app-deps.ts";
import { clientAddress } from "../plugins/rate-limit.ts";

/**
 * GitHub's device flow for clients that CORS keeps from GitHub (ID-4): a code for the person to type there, and the question whether
 * they have. What comes of it is for `POST /api/v1/auth/exchange/github`.
 */
export function postGithubDevice({ identity, env, http }: RouteDeps) {
	const { github } = env.identity;
	const flow = github && createGithubDeviceFlow({ github, http, now: identity.now });
	return new Elysia()
		.post(
			"/api/v1/auth/github/device-code",
			async ({ request, server }) => {
				const counted = await countHit(identity, rateLimits.githubCodePerAddress, clientAddress(server, request));
				if (counted.ok) return await offered(flow).begin(request.signal);
				const { retryAfterSeconds } = counted;
				throw new SheafError(
					"auth/rate-limited",
					`Too many codes were asked for. Try again in ${retryAfterSeconds} s.`,
					{
						details: { retryAfterSeconds },
					},
				);
			},
			{ response: GithubDeviceCode, detail: { tags: ["auth"], summary: "A code to type at GitHub" } },
		)
		.post(
			"/api/v1/auth/github/device-token",
			async ({ request, body }) => await offered(flow).poll(body.deviceCode, request.signal),
			{
				body: GithubDevicePoll,
				response: GithubDeviceToken,
				detail: { tags: ["auth"], summary: "Whether the code was typed at GitHub, and the token then" },
			},
		);
}

function offered(flow: GithubDeviceFlow | null): GithubDeviceFlow {
	if (flow === null) throw new SheafError("auth/provider-unknown", "Nobody can sign in with GitHub at this backend.");
	return flow;
}
