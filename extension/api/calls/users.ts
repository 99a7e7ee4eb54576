import type { DeletionReceipt } from "../../../backend/contract/account-end.ts";
import type { SettingsPatch, SettingsView } from "../../../backend/contract/settings.ts";
import type { Entitlements, FullUserView, UserPatch, UserView } from "../../../backend/contract/users.ts";
import type { Requester } from "../request.ts";
import { isBlob, withList, withObject, withText } from "../shapes.ts";
import { isSession } from "./sessions.ts";

/** Packing everything of somebody who has collected for years takes longer than an ordinary answer. */
const exportTimeoutMs = 300_000;

export function userCalls(request: Requester) {
	const isUser = withText<UserView>("id");
	const isSettings = withObject<SettingsView>("settings");
	return {
		fullUser(): Promise<FullUserView> {
			return request({ path: "/api/v1/users/me/full", answers: isFullUser });
		},
		changeUser(body: UserPatch): Promise<UserView> {
			return request({ method: "PATCH", path: "/api/v1/users/me", body, answers: isUser });
		},
		/** Preferences that follow the person (ACC-5). */
		settings(): Promise<SettingsView> {
			return request({ path: "/api/v1/users/me/settings", answers: isSettings });
		},
		/** Answers with the settings as they are after the patch, other devices' changes included. */
		changeSettings(body: SettingsPatch): Promise<SettingsView> {
			return request({ method: "PATCH", path: "/api/v1/users/me/settings", body, answers: isSettings });
		},
		/** What the person may do; a guest is answered too (ID-9). */
		entitlements(): Promise<Entitlements> {
			return request({ path: "/api/v1/entitlements", token: "if-signed-in", answers: isEntitlements });
		},
		/** Everything the backend has of the person, as one archive to save (SEC-4). Takes minutes at worst. */
		exportAll(): Promise<Blob> {
			const reads = { path: "/api/v1/users/me/export", accepts: "blob", timeoutMs: exportTimeoutMs } as const;
			return request({ ...reads, answers: isBlob });
		},
		/** `confirm`: the person's e-mail as they typed it. Pages ask the background for it (`account.delete`). */
		deleteUser(confirm: string): Promise<DeletionReceipt> {
			const answers = withObject<DeletionReceipt>("counts");
			return request({ method: "DELETE", path: "/api/v1/users/me", body: { confirm }, answers });
		},
	};
}

function isFullUser(body: unknown): body is FullUserView {
	return withObject<FullUserView>("user")(body) && withList("workspaces")(body) && isSession(body.session);
}

function isEntitlements(body: unknown): body is Entitlements {
	return typeof body === "object" && body !== null && "isGuest" in body;
}
