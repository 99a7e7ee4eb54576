import { generateKeyPair, SignJWT } from "jose";
import { createGuardedHttp } from "../../../connectors/http.ts";
import { clerkUser, TestClerk } from "../../../identity/clerk/test-clerk.ts";
import type { TestBackend } from "../../testing/test-backend.ts";
import { ask, clientId, json, makeDeviceKey, makeProof, type Tokens } from "../../testing/test-person.ts";
import { apiAnswer, clientAnswer, type Probe, type ProbeGroup, together, type World } from "./test-probe.ts";

type Scene = { backend: TestBackend; clerk: TestClerk };

/** A backend of its own that takes tokens of a Clerk of its own. */
function withClerk(probe: Omit<Probe, "attack"> & { attack: (scene: Scene) => Promise<string> }): Probe {
	const attack = async ({ own }: World) => {
		const clerk = new TestClerk();
		try {
			const http = createGuardedHttp({ allowedOrigins: [clerk.url] });
			return await probe.attack({ clerk, backend: await own(clerk.variables, { http }) });
		} finally {
			await clerk.close();
		}
	};
	return { ...probe, attack };
}

const someone = () => ({ sub: clerkUser().id, sid: `sess_${crypto.randomUUID()}` });

async function exchange({ backend }: Scene, token: string, proof?: string | null): Promise<Response> {
	const url = `${backend.url}/api/v1/auth/exchange/clerk`;
	const dpop = proof === undefined ? await makeProof(await makeDeviceKey(), url) : proof;
	const headers = { "content-type": "application/json", ...(dpop === null ? {} : { dpop }) };
	return await fetch(url, { method: "POST", body: JSON.stringify({ token }), headers });
}

async function grant({ backend, clerk }: Scene, changes: Record<string, string>): Promise<string> {
	const url = `${backend.url}/oauth/token`;
	const fields = {
		client_id: clientId,
		grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
		provider: "clerk",
		subject_token: await clerk.token(someone()),
		subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
		...changes,
	};
	const headers = { dpop: await makeProof(await makeDeviceKey(), url) };
	return await clientAnswer(await fetch(url, { method: "POST", body: new URLSearchParams(fields), headers }));
}

const answers = async (scene: Scene, tokens: readonly string[]) =>
	together(await Promise.all(tokens.map(async (token) => await apiAnswer(await exchange(scene, token)))));

const read = async ({ backend }: Scene, token: string) => apiAnswer(await ask(`${backend.url}/api/v1/users/me`, token));

const probes: readonly Probe[] = [
	withClerk({
		name: "provider's token for another app",
		tries: "a hostile app that the victim signed in to shows us their token",
		promised: "401 auth/upstream-refused",
		attack: async (scene) => {
			const { clerk } = scene;
			const parties = [
				"https://attacker.example",
				undefined,
				[clerk.authorizedParty],
				`${clerk.authorizedParty}.attacker.example`,
			];
			return await answers(scene, await Promise.all(parties.map((azp) => clerk.token({ ...someone(), azp }))));
		},
	}),
	withClerk({
		name: "provider's token of another kind",
		tries: "an access token, a machine's token and an unfinished or impersonated session of the same instance and key",
		promised: "401 auth/upstream-refused",
		attack: async (scene) =>
			await answers(scene, [
				await scene.clerk.token(someone(), { typ: "at+jwt" }),
				await scene.clerk.token({ ...someone(), sub: "mch_1" }),
				await scene.clerk.token({ ...someone(), sts: "pending" }),
				await scene.clerk.token({ ...someone(), act: { sub: "user_operator" } }),
				await scene.clerk.token({ ...someone(), sid: undefined }),
				await scene.clerk.token({ ...someone(), iss: "https://clerk.attacker.example" }),
			]),
	}),
	withClerk({
		name: "provider's token that is forged",
		tries: "alg none, a shared secret, a key of the attacker's under the provider's key id",
		promised: "401 auth/upstream-refused",
		attack: async (scene) => {
			const [head = "", payload = ""] = (await scene.clerk.token(someone())).split(".");
			const header = JSON.parse(Buffer.from(head, "base64url").toString()) as { alg: string; kid: string };
			const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
			const none = Buffer.from(JSON.stringify({ ...header, alg: "none" })).toString("base64url");
			const { privateKey } = await generateKeyPair("RS256");
			return await answers(scene, [
				`${none}.${payload}.`,
				await new SignJWT(claims).setProtectedHeader({ ...header, alg: "HS256" }).sign(new Uint8Array(32)),
				await new SignJWT(claims).setProtectedHeader(header).sign(privateKey),
			]);
		},
	}),
	withClerk({
		name: "exchange without the device's key",
		tries: "a provider's token alone, or with a proof that was made for another address or used before",
		promised: "400 auth/proof-invalid",
		attack: async (scene) => {
			const key = await makeDeviceKey();
			const used = await makeProof(key, `${scene.backend.url}/api/v1/auth/exchange/clerk`);
			await exchange(scene, await scene.clerk.token(someone()), used);
			const proofs = [null, used, await makeProof(key, `${scene.backend.url}/oauth/token`)];
			const several = proofs.map(async (proof) =>
				apiAnswer(await exchange(scene, await scene.clerk.token(someone()), proof)),
			);
			return together(await Promise.all(several));
		},
	}),
	withClerk({
		name: "token exchange for more",
		tries: "RFC 8693's parameters ask for another audience, another kind of token, or to act for somebody",
		promised: "400 invalid_target; 400 invalid_request; unchanged: 200 tokens",
		attack: async (scene) => {
			const wishes = [
				{ audience: "https://other.example" },
				{ resource: "https://other.example" },
				{ actor_token: await scene.clerk.token(someone()), actor_token_type: "urn:ietf:params:oauth:token-type:jwt" },
				{ requested_token_type: "urn:ietf:params:oauth:token-type:refresh_token" },
				{ provider: "google" },
				{ provider: "" },
				{ subject_token_type: "urn:ietf:params:oauth:token-type:access_token" },
				{ subject_token: "nonsense" },
			];
			const refused: string[] = [];
			for (const wish of wishes) refused.push(await grant(scene, wish));
			return `${together(refused)}; unchanged: ${await grant(scene, {})}`;
		},
	}),
	withClerk({
		name: "token exchange by another client",
		tries: "the command line's client exchanges what the extension was given",
		promised: "400 unauthorized_client",
		attack: async (scene) => await grant(scene, { client_id: "sheaf-cli" }),
	}),
	withClerk({
		name: "token of an ended session",
		tries: "the last token of a session outlives it by a minute, and opens a device for months",
		promised: "reading 401 auth/session-revoked; the last token: 401 auth/upstream-refused",
		attack: async (scene) => {
			const claims = someone();
			const last = await scene.clerk.token(claims);
			const { access_token: access } = await json<Tokens>(await exchange(scene, await scene.clerk.token(claims)));
			await scene.clerk.send(scene.backend.url, { type: "session.ended", data: { id: claims.sid } });
			return `reading ${await read(scene, access)}; the last token: ${await answers(scene, [last])}`;
		},
	}),
	withClerk({
		name: "deleted person comes back",
		tries: "a token that still lives, and a message that comes late, make a deleted person anew",
		promised: "reading 401 auth/session-revoked; the last token: 401 auth/upstream-refused, also after a late message",
		attack: async (scene) => {
			const { clerk, backend } = scene;
			const claims = someone();
			const last = await clerk.token(claims);
			const { access_token: access } = await json<Tokens>(await exchange(scene, await clerk.token(claims)));
			await clerk.send(backend.url, { type: "user.deleted", data: { id: claims.sub } });
			const before = await answers(scene, [last]);
			await clerk.send(backend.url, { type: "user.updated", data: clerkUser({ id: claims.sub }) });
			const after = await answers(scene, [last]);
			const late = before === after ? ", also after a late message" : `, then ${after}`;
			return `reading ${await read(scene, access)}; the last token: ${before}${late}`;
		},
	}),
	withClerk({
		name: "forged webhook",
		tries: "a message without a signature, with another one's, or changed on the way deletes a person",
		promised: "400 webhooks/signature-invalid; the person goes on: 200",
		attack: async (scene) => {
			const claims = someone();
			const { access_token: access } = await json<Tokens>(await exchange(scene, await scene.clerk.token(claims)));
			const body = JSON.stringify({ type: "user.deleted", data: { id: claims.sub } });
			const now = String(Math.floor(Date.now() / 1_000));
			const forged = { "svix-id": "msg_1", "svix-timestamp": now, "svix-signature": `v1,${"A".repeat(43)}=` };
			const several = [{}, forged, { ...forged, "svix-signature": "v1a,x v2,x v1" }].map(async (headers) =>
				apiAnswer(await fetch(`${scene.backend.url}/webhooks/clerk`, { method: "POST", body, headers })),
			);
			return `${together(await Promise.all(several))}; the person goes on: ${await read(scene, access)}`;
		},
	}),
];

export const exchangeProbes: ProbeGroup = { title: "Tokens and messages of providers", requirement: "ID-5", probes };
