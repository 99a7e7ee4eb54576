import { errors } from "jose";
import { AuthorizationResponseError, ClientError, ResponseBodyError } from "openid-client";
import { NoAnswer } from "./guarded-fetch.ts";
import type { UpstreamFailure, UpstreamResult } from "./upstream.ts";

/** An answer that says no by itself: what was checked and did not fit. `reason` goes to the log, so nothing of the answer is in it. */
export class Refusal extends Error {
	override readonly name = "Refusal";
}

/** RFC 6749 §4.1.2.1: trouble of the upstream's, which passes. */
const passingErrors = new Set(["server_error", "temporarily_unavailable"]);

/** The result of `work`, or what its failure means. */
export async function orFailure(work: () => Promise<UpstreamResult>): Promise<UpstreamResult> {
	try {
		return await work();
	} catch (error) {
		return failureOf(error);
	}
}

/**
 * What a failure on the way to an identity means for the person. The reason is for the log: codes only, because the libraries' own
 * errors hold tokens and claims.
 *
 * @throws the error itself when it is none of an upstream's
 */
function failureOf(error: unknown): { kind: UpstreamFailure; reason: string } {
	if (error instanceof Refusal) return { kind: "refused", reason: error.message };
	if (error instanceof AuthorizationResponseError) return answered(error.error);
	if (error instanceof ResponseBodyError)
		return { kind: "refused", reason: `token endpoint: ${codeForm(error.error)}` };
	const noAnswer = causeOf(error, NoAnswer);
	if (noAnswer) return { kind: "unavailable", reason: noAnswer.message };
	if (error instanceof ClientError) return clientFailure(error);
	if (error instanceof errors.JWTClaimValidationFailed) return { kind: "refused", reason: `id token: ${error.claim}` };
	// Keys that cannot be had are the upstream's trouble, a key that it does not have is the token's.
	if (isKeysTrouble(error)) return { kind: "unavailable", reason: "keys" };
	if (error instanceof errors.JOSEError) return { kind: "refused", reason: `id token: ${error.code}` };
	throw error;
}

function answered(code: string): { kind: UpstreamFailure; reason: string } {
	if (code === "access_denied") return { kind: "cancelled", reason: code };
	return { kind: passingErrors.has(code) ? "unavailable" : "refused", reason: `callback: ${codeForm(code)}` };
}

/** Anybody can write what they like into a callback's address: only what looks like a code is repeated. */
function codeForm(code: string): string {
	return /^[a-z_]{1,60}$/.test(code) ? code : "an unknown error";
}

function clientFailure(error: ClientError): { kind: UpstreamFailure; reason: string } {
	const response = error.cause instanceof Response ? error.cause : null;
	const reason = response ? `status ${response.status}` : (error.code ?? "no code");
	const passing = response !== null && (response.status >= 500 || response.status === 429);
	return { kind: passing || error.code === "OAUTH_TIMEOUT" ? "unavailable" : "refused", reason };
}

/** The generic code is jose's word for a key set that was not answered with 200 and JSON. */
function isKeysTrouble(error: unknown): boolean {
	if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
	return error instanceof errors.JOSEError && error.code === "ERR_JOSE_GENERIC";
}

function causeOf<Kind extends Error>(error: unknown, kind: new (message?: string) => Kind): Kind | null {
	for (let one = error; one instanceof Error; one = one.cause) if (one instanceof kind) return one;
	return null;
}
