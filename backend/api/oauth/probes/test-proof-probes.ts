import { exportJWK, generateKeyPair, SignJWT } from "jose";
import {
	type DeviceKey,
	makeDeviceKey,
	makePerson,
	makeProof,
	type ProofChanges,
	type TestPerson,
} from "../../testing/test-person.ts";
import { clientAnswer, type Probe, type ProbeGroup, together, type World } from "./test-probe.ts";

const promised = "400 invalid_dpop_proof";

type Forge = (person: TestPerson, url: string) => Promise<string | null>;

/** Each proof comes with a refresh token that is good: only the proof is wrong. */
function forged(name: string, tries: string, several: readonly Forge[]): Probe {
	const attack = async ({ backend }: World) => {
		const person = await makePerson(backend.url);
		const fields = { grant_type: "refresh_token", refresh_token: (await person.tokens()).refresh_token };
		const answers = several.map(async (forge) => {
			const proof = await forge(person, `${backend.url}/oauth/token`);
			return await clientAnswer(await person.token(fields, proof));
		});
		return together(await Promise.all(answers));
	};
	return { name, tries, promised, attack };
}

const withChanges =
	(changes: ProofChanges): Forge =>
	({ key }, url) =>
		makeProof(key, url, changes);
const claims = (changed: Record<string, unknown>) => withChanges({ claims: changed });
const now = () => Math.floor(Date.now() / 1_000);

const claimsFor = (url: string) => ({ jti: crypto.randomUUID(), htm: "POST", htu: url, iat: now() });
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

const unsigned =
	(alg: string): Forge =>
	async ({ key }, url) =>
		`${encoded({ alg, typ: "dpop+jwt", jwk: key.jwk })}.${encoded(claimsFor(url))}.`;

/** A key that anybody can make up as well. */
const sharedSecret: Forge = async (_person, url) => {
	const secret = new Uint8Array(32);
	const jwk = { kty: "oct", k: Buffer.from(secret).toString("base64url") };
	return await new SignJWT(claimsFor(url)).setProtectedHeader({ alg: "HS256", typ: "dpop+jwt", jwk }).sign(secret);
};

const otherAlgorithm =
	(alg: "RS256" | "ES384"): Forge =>
	async (_person, url) => {
		const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
		const jwk = await exportJWK(publicKey);
		return await new SignJWT(claimsFor(url)).setProtectedHeader({ alg, typ: "dpop+jwt", jwk }).sign(privateKey);
	};

const privateHalf: Forge = async ({ key }, url) =>
	await makeProof(key, url, { header: { jwk: await exportJWK(key.privateKey) } });

const foreignKeyShown: Forge = async ({ key }, url) => {
	const other: DeviceKey = await makeDeviceKey();
	return await makeProof(key, url, { header: { jwk: other.jwk } });
};

const probes: readonly Probe[] = [
	forged("no proof", "a copied refresh token alone", [async () => null]),
	forged("proof for another method", "a proof that was made for another request", [
		claims({ htm: "GET" }),
		claims({ htm: "post" }),
		claims({ htm: undefined }),
	]),
	forged("proof for another address", "a proof that a hostile server was given is sent on to us", [
		claims({ htu: "https://attacker.example/oauth/token" }),
		({ key }, url) => makeProof(key, url.replace("/oauth/token", "/oauth/revoke")),
		({ key }, url) => makeProof(key, url.replace("localhost", "localhost.attacker.example")),
		({ key }, url) => makeProof(key, url.replace("://", "://user@")),
		claims({ htu: "token" }),
		claims({ htu: undefined }),
	]),
	forged("proof of another time", "proofs made in advance, or found later", [
		claims({ iat: now() - 600 }),
		claims({ iat: now() + 600 }),
		claims({ iat: undefined }),
		claims({ iat: "now" }),
	]),
	forged("proof without an id", "a proof that no replay can be told from", [
		claims({ jti: undefined }),
		claims({ jti: "" }),
		claims({ jti: "x".repeat(300) }),
	]),
	forged("proof of another type", "another signed token of the same key", [
		withChanges({ header: { typ: "JWT" } }),
		withChanges({ header: { typ: undefined } }),
	]),
	forged("proof without a signature", "alg none, in any case, and no signature at all", [
		unsigned("none"),
		unsigned("None"),
		unsigned("ES256"),
	]),
	forged("proof with a shared secret", "HS256, with a key that the proof brings along", [sharedSecret]),
	forged("proof with another algorithm", "an algorithm that is not on the list", [
		otherAlgorithm("RS256"),
		otherAlgorithm("ES384"),
	]),
	forged("proof without a key", "nothing says whose signature it is", [withChanges({ header: { jwk: undefined } })]),
	forged("proof with the private half", "a key that is not secret any more", [privateHalf]),
	forged("proof that shows another key", "the victim's public key over the attacker's signature", [foreignKeyShown]),
	forged("two proofs in one header", "one is checked and the other one counted", [
		async ({ key }, url) => `${await makeProof(key, url)}, ${await makeProof(key, url)}`,
	]),
	{
		name: "proof used again",
		tries: "a recorded request is sent once more",
		promised: "200 tokens; 400 invalid_dpop_proof",
		attack: async ({ backend }) => {
			const person = await makePerson(backend.url);
			const fields = { grant_type: "refresh_token", refresh_token: (await person.tokens()).refresh_token };
			const proof = await makeProof(person.key, `${backend.url}/oauth/token`);
			return together([
				await clientAnswer(await person.token(fields, proof)),
				await clientAnswer(await person.token(fields, proof)),
			]);
		},
	},
	{
		name: "proof used ten times at once",
		tries: "a race between looking for the proof's id and keeping it",
		promised: "1 of 10 got tokens",
		attack: async ({ backend }) => {
			const person = await makePerson(backend.url);
			const fields = { grant_type: "refresh_token", refresh_token: (await person.tokens()).refresh_token };
			const proof = await makeProof(person.key, `${backend.url}/oauth/token`);
			const answers = await Promise.all(Array.from({ length: 10 }, () => person.token(fields, proof)));
			return `${answers.filter(({ status }) => status === 200).length} of 10 got tokens`;
		},
	},
];

export const proofProbes: ProbeGroup = { title: "Proofs of possession", requirement: "ID-3", probes };
