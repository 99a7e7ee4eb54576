import { note } from "../diagnostics/note.ts";
import { forgetHalfDone } from "../settings/half-done.ts";
import {
	account,
	lastTargets,
	linkedRows,
	movedCaptures,
	selectedTargetId,
	sessionEndedAt,
	siteTargets,
	syncedSettings,
	targets,
	unopenedParcels,
} from "../settings/items.ts";
import { forgetRecipes } from "../settings/recipes.ts";
import { sendDiagnosticsOf } from "../settings/send-diagnostics.ts";
import { resetSettings } from "../settings/synced-settings.ts";
import { accessTokens } from "./access-tokens.ts";
import { revoke } from "./oauth-requests.ts";
import { deleteStoredSession, readStoredSession, type StoredSession } from "./session-database.ts";
import type { SessionDeps } from "./session-deps.ts";

/**
 * Makes this device a guest's. But for what goes on in tabs the account goes first: from then on no surface shows anything of it, and
 * whatever of the rest is cut off, `tidy` finishes. The caller holds the session's lock.
 */
export async function endSession(deps: SessionDeps, how: "by-person" | "by-backend"): Promise<void> {
	const session = await readStoredSession();
	if (how === "by-backend") await sessionEndedAt.setValue(Date.now());
	await forgetAccount(deps);
	// Once nobody is here: what is noted before goes with the person's own entries.
	note("session.ended", { by: how === "by-person" ? "person" : "backend" });
	await forgetTokens();
	const told = session && how === "by-person" ? tellBackend(deps, session) : null;
	try {
		await deps.records.putAwayOthers(null);
	} finally {
		await told;
	}
}

/**
 * What goes on in tabs does not say whose it is, so it ends while they are still here: cut off in between, it is never taken for a guest's.
 */
export async function forgetAccount({ endWork }: Pick<SessionDeps, "endWork">): Promise<void> {
	await endWork().catch(() => undefined);
	await account.setValue(null);
	await forgetShown();
	await resetSettings();
}

/**
 * For when nobody is signed in: takes away what a sign-out that was cut off has left. The theme and menu are a guest's own then, unless
 * they are known to the server.
 */
export async function finishSignOut(): Promise<void> {
	await forgetTokens();
	await forgetShown();
	await lastTargets.removeValue();
	if ((await syncedSettings.getValue()) !== null) await resetSettings();
}

async function forgetShown(): Promise<void> {
	await forgetHalfDone();
	await forgetRecipes();
	await targets.setValue([]);
	await selectedTargetId.setValue(null);
	await siteTargets.removeValue();
	await linkedRows.removeValue();
	await sendDiagnosticsOf.removeValue();
	await movedCaptures.setValue(null);
	await unopenedParcels.setValue(null);
}

export async function forgetTokens(): Promise<void> {
	await accessTokens.setValue(null);
	await deleteStoredSession();
}

/** A session the backend does not hear about ends there by itself, after 30 days without use. */
export async function tellBackend(deps: Pick<SessionDeps, "fetch">, session: StoredSession): Promise<void> {
	await revoke(deps.fetch, session.revocationEndpoint, session.refreshToken).catch(() => undefined);
}
