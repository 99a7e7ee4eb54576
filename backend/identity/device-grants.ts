import type { TransactionSql } from "postgres";
import { fromNow, type IdentityContext } from "./context.ts";
import type { NamedDevice } from "./device.ts";
import type { SessionFacts } from "./device-sessions.ts";
import { OAuthError, type OAuthErrorCode } from "./oauth-error.ts";
import { randomToken, tokenHash } from "./opaque-tokens.ts";
import type { SignedIn } from "./signed-in.ts";
import { makeUserCode } from "./user-code.ts";

/** Long enough to find another device and sign in there; a guess has no longer than this (RFC 8628 §5.1). */
const grantSeconds = 600;
const intervalSeconds = 5;
/** RFC 8628 §3.5. */
const slowDownSeconds = 5;
/** Networks do not keep time: a poll that is this much early is none too many. */
const toleranceMs = 1_000;

/** RFC 8628 §3.2. */
export type DeviceGrant = { deviceCode: string; userCode: string; expiresInSeconds: number; intervalSeconds: number };

/** A device waits from now on until somebody allows or denies it. */
export async function openDeviceGrant(
	context: IdentityContext,
	{ clientId, deviceId, deviceName }: NamedDevice & { clientId: string },
): Promise<DeviceGrant> {
	const deviceCode = randomToken();
	const userCode = makeUserCode();
	const opened = await context.asIdentity(
		(sql) => sql`
			insert into sheaf.device_grants (device_code_hash, user_code_hash, client_id, device_id, device_name,
				interval_seconds, expires_at)
			values (${tokenHash(deviceCode)}, ${tokenHash(userCode)}, ${clientId}, ${deviceId}, ${deviceName},
				${intervalSeconds}, ${fromNow(context, grantSeconds)})
			on conflict (user_code_hash) do nothing returning 1`,
	);
	// One code in 25 billion is out already with a thousand of them waiting.
	if (opened.length === 0) return await openDeviceGrant(context, { clientId, deviceId, deviceName });
	return { deviceCode, userCode, expiresInSeconds: grantSeconds, intervalSeconds };
}

/** What a person sees before they decide. */
export type WaitingDevice = { clientId: string; deviceName: string };

/** The device that waits under this code, or null: wrong, run out and decided look the same. */
export async function findWaitingDevice(context: IdentityContext, userCode: string): Promise<WaitingDevice | null> {
	return await context.asIdentity(async (sql) => {
		const [row] = await sql<WaitingDevice[]>`
			select client_id, device_name from sheaf.device_grants
			where user_code_hash = ${tokenHash(userCode)} and status = 'pending' and expires_at > ${new Date(context.now())}`;
		return row ?? null;
	});
}

export type Decision = { userCode: string; allows: boolean; person: SignedIn };

/** Allows or denies a waiting device, once. @returns whether there was one to decide about. */
export async function decideDeviceGrant(
	context: IdentityContext,
	{ userCode, allows, person }: Decision,
): Promise<boolean> {
	const decided = await context.asIdentity(
		(sql) => sql`
			update sheaf.device_grants
			set status = ${allows ? "approved" : "denied"}, user_id = ${person.userId}, provider = ${person.provider}
			where user_code_hash = ${tokenHash(userCode)} and status = 'pending' and expires_at > ${new Date(context.now())}
			returning 1`,
	);
	return decided.length === 1;
}

export type DeviceRedemption = {
	deviceCode: string;
	clientId: string;
	/** Opens the session in the redeeming transaction, so that an allowed device is never spent for nothing. */
	open: (sql: TransactionSql, person: SignedIn, device: NamedDevice) => Promise<SessionFacts>;
};

type GrantRow = NamedDevice & {
	clientId: string;
	status: "pending" | "approved" | "denied" | "redeemed";
	userId: string | null;
	provider: string | null;
	intervalSeconds: number;
	lastPolledAt: Date | null;
	expiresAt: Date;
};

/**
 * One poll of a waiting device (RFC 8628 §3.4): one session once somebody has allowed it. The row lock makes parallel polls take turns.
 *
 * @throws OAuthError `authorization_pending`, `slow_down`, `access_denied`, `expired_token` or `invalid_grant`
 */
export async function redeemDeviceGrant(context: IdentityContext, redemption: DeviceRedemption): Promise<SessionFacts> {
	const codeHash = tokenHash(redemption.deviceCode);
	// A refusal is thrown after the transaction: thrown inside, it would undo what the poll counted.
	const outcome = await context.asIdentity(async (sql): Promise<SessionFacts | OAuthErrorCode> => {
		const [row] = await sql<GrantRow[]>`
			select client_id, device_id, device_name, status, user_id, provider, interval_seconds, last_polled_at, expires_at
			from sheaf.device_grants where device_code_hash = ${codeHash} for update`;
		if (!row || row.clientId !== redemption.clientId || row.status === "redeemed") return "invalid_grant";
		if (row.expiresAt.getTime() <= context.now()) return "expired_token";
		if (row.status === "denied") return "access_denied";
		const { userId, provider, deviceId, deviceName } = row;
		if (row.status === "pending" || userId === null || provider === null)
			return await countPoll(context, sql, { codeHash, row });
		await sql`update sheaf.device_grants set status = 'redeemed' where device_code_hash = ${codeHash}`;
		return await redemption.open(sql, { userId, provider }, { deviceId, deviceName });
	});
	if (typeof outcome === "string")
		throw new OAuthError(outcome, descriptions[outcome] ?? "the device code is not good");
	return outcome;
}

async function countPoll(
	context: IdentityContext,
	sql: TransactionSql,
	{ codeHash, row }: { codeHash: Buffer; row: GrantRow },
): Promise<OAuthErrorCode> {
	const now = context.now();
	const earliest = (row.lastPolledAt?.getTime() ?? 0) + row.intervalSeconds * 1_000 - toleranceMs;
	const tooSoon = now < earliest;
	await sql`
		update sheaf.device_grants
		set last_polled_at = ${new Date(now)}, interval_seconds = interval_seconds + ${tooSoon ? slowDownSeconds : 0}
		where device_code_hash = ${codeHash}`;
	return tooSoon ? "slow_down" : "authorization_pending";
}

const descriptions: Partial<Record<OAuthErrorCode, string>> = {
	invalid_grant: "the device code is wrong, used, or not of this client",
	expired_token: "nobody allowed the device in time; start again",
	access_denied: "somebody denied the device",
	authorization_pending: "nobody has decided yet; ask again after the interval",
	slow_down: `asked too soon; wait ${slowDownSeconds} seconds longer between two times`,
};
