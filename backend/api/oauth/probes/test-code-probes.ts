import {
	ask,
	authorizePath,
	clientId,
	hiddenFields,
	json,
	makePerson,
	makePkce,
	makeProof,
	redirectUri,
	type Tokens,
} from "../../testing/test-person.ts";
import { apiAnswer, clientAnswer, type Probe, type ProbeGroup, together, withCode } from "./test-probe.ts";

/** One changed field at a time of a redemption that would otherwise succeed. */
function changed(
	name: string,
	{ tries, promised }: Pick<Probe, "tries" | "promised">,
	several: readonly Record<string, string>[],
): Probe {
	return {
		name,
		tries,
		promised,
		attack: async ({ backend }) => {
			const answers = several.map(async (changes) => {
				const { person, fields } = await withCode(backend.url);
				return await clientAnswer(await person.token({ ...fields, ...changes }));
			});
			return together(await Promise.all(answers));
		},
	};
}

const refused = "400 invalid_grant";

const probes: readonly Probe[] = [
	{
		name: "code replay",
		tries: "a code that was read on the way is redeemed after its owner did",
		promised: "400 invalid_grant; and what it had opened: refresh 400 invalid_grant, reading 401 auth/session-revoked",
		attack: async ({ backend }) => {
			const { person, fields } = await withCode(backend.url);
			const tokens = await json<Tokens>(await person.token(fields));
			const replay = await clientAnswer(await person.token(fields));
			const refresh = await person.token({ grant_type: "refresh_token", refresh_token: tokens.refresh_token ?? "" });
			const read = await ask(`${backend.url}/api/v1/users/me`, tokens.access_token);
			const session = `refresh ${await clientAnswer(refresh)}, reading ${await apiAnswer(read)}`;
			return `${replay}; and what it had opened: ${session}`;
		},
	},
	{
		name: "ten redemptions at once",
		tries: "a race between reading the code and marking it used opens several sessions",
		promised: "1 of 10 got tokens",
		attack: async ({ backend }) => {
			const { person, fields } = await withCode(backend.url);
			const answers = await Promise.all(Array.from({ length: 10 }, () => person.token(fields)));
			return `${answers.filter(({ status }) => status === 200).length} of 10 got tokens`;
		},
	},
	changed("wrong verifier", { tries: "a stolen code without the verifier that belongs to it", promised: refused }, [
		{ code_verifier: makePkce().verifier },
		{ code_verifier: "short" },
		{ code_verifier: "x".repeat(129) },
	]),
	changed(
		"no verifier",
		{
			tries: "a client of old that knows no PKCE, or an attacker who pretends to be one",
			promised: "400 invalid_request",
		},
		[{ code_verifier: "" }],
	),
	{
		name: "challenge as the verifier",
		tries: "the challenge, which the address bar showed, is sent as if the method had been plain",
		promised: refused,
		attack: async ({ backend }) => {
			const person = await makePerson(backend.url);
			const pkce = makePkce();
			const code = await person.code(pkce, "sign-up");
			return await clientAnswer(await person.token(person.codeFields(code, { ...pkce, verifier: pkce.challenge })));
		},
	},
	{
		name: "code injected into another flow",
		tries:
			"the attacker's own code is slipped into the victim's window, so that the victim works in the attacker's account",
		promised: refused,
		attack: async ({ backend }) => {
			const attacker = await withCode(backend.url);
			const victim = await makePerson(backend.url);
			const stolen = { ...attacker.fields, code_verifier: makePkce().verifier };
			return await clientAnswer(await victim.token(stolen));
		},
	},
	changed(
		"code for another redirect",
		{ tries: "a code that was sent to one address is redeemed for another", promised: refused },
		[
			{ redirect_uri: "https://attacker.example/" },
			{ redirect_uri: `${redirectUri}x` },
			{ redirect_uri: redirectUri.toUpperCase() },
		],
	),
	changed(
		"code of another client",
		{ tries: "a client redeems a code that was made for another one", promised: "400 unauthorized_client" },
		[{ client_id: "sheaf-cli" }],
	),
	changed("guessed code", { tries: "codes of the right form, and of none", promised: refused }, [
		{ code: "x".repeat(43) },
		{ code: "' or 1=1 --" },
		{ code: "\u0000" },
	]),
	{
		name: "code after its minute",
		tries: "a code from a history or a log",
		promised: refused,
		attack: async ({ own }) => {
			const backend = await own();
			const { person, fields } = await withCode(backend.url);
			backend.passTime(61);
			const iat = Math.floor(Date.now() / 1_000) + 61;
			const proof = await makeProof(person.key, `${backend.url}/oauth/token`, { claims: { iat } });
			return await clientAnswer(await person.token(fields, proof));
		},
	},
	changed(
		"client secret",
		{ tries: "a client that shows a secret is none of ours, however right the rest", promised: "401 invalid_client" },
		[{ client_secret: "secret" }, { client_id: "somebody-else" }],
	),
	{
		name: "client by the Authorization header",
		tries: "Basic credentials, which a public client has not",
		promised: '401 invalid_client, Basic realm="sheaf"',
		attack: async ({ backend }) => {
			const { person, fields } = await withCode(backend.url);
			const url = `${backend.url}/oauth/token`;
			const headers = { dpop: await makeProof(person.key, url), authorization: `Basic ${btoa(`${clientId}:`)}` };
			const body = new URLSearchParams({ client_id: clientId, ...fields });
			const answer = await fetch(url, { method: "POST", body, headers });
			return `${await clientAnswer(answer)}, ${answer.headers.get("www-authenticate")}`;
		},
	},
	changed(
		"grants of old",
		{ tries: "a password, or the client itself, is exchanged for tokens", promised: "400 unsupported_grant_type" },
		[
			{ grant_type: "password", username: "ada@example.test", password: "correct horse battery" },
			{ grant_type: "client_credentials" },
			{ grant_type: "implicit" },
			{ grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer" },
		],
	),
	{
		name: "malformed redemption",
		tries: "a parameter given twice, in the address, or as JSON is read by one part of the server and not by another",
		promised: "400 invalid_request",
		attack: async ({ backend }) => {
			const url = `${backend.url}/oauth/token`;
			const attempt = async (send: (fields: Record<string, string>) => [string, RequestInit]) => {
				const { person, fields } = await withCode(backend.url);
				const [path, init] = send({ client_id: clientId, ...fields });
				const headers = { ...(init.headers as Record<string, string>), dpop: await makeProof(person.key, url) };
				return await clientAnswer(await fetch(url + path, { method: "POST", ...init, headers }));
			};
			return together([
				await attempt((fields) => [
					"",
					{ body: new URLSearchParams([...Object.entries(fields), ["code", "another"]]) },
				]),
				await attempt((fields) => [`?${new URLSearchParams(fields).toString()}`, { body: new URLSearchParams() }]),
				await attempt((fields) => {
					return ["", { body: JSON.stringify(fields), headers: { "content-type": "application/json" } }];
				}),
			]);
		},
	},
	{
		name: "page that stays open",
		tries: "the form's request is changed in the browser after it was checked",
		promised: "redirect 400, challenge dropped 303 invalid_request",
		attack: async ({ backend }) => {
			const person = await makePerson(backend.url);
			const page = await (await person.browser.get(`${authorizePath(makePkce())}&screen=sign-up`)).text();
			const { email, password } = person;
			const fields: Record<string, string> = { ...hiddenFields(page), email, password };
			const evil = authorizePath(makePkce(), { redirect_uri: "https://attacker.example/" });
			const plain = authorizePath(makePkce(), { code_challenge: null });
			const [first, second] = [
				await person.browser.post("/oauth/sign-up", { ...fields, continue: evil }),
				await person.browser.post("/oauth/sign-up", { ...fields, continue: plain }),
			];
			const error = new URL(second.headers.get("location") ?? "about:blank").searchParams.get("error");
			return `redirect ${first.status}, challenge dropped ${second.status} ${error}`;
		},
	},
];

export const codeProbes: ProbeGroup = { title: "Codes", requirement: "ID-1", probes };
