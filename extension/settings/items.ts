import { storage } from "wxt/utils/storage";
import type { TargetView } from "../../backend/contract/targets.ts";
import { type Account, fromFirstAccount } from "./account.ts";

/** The backend's address the build was made for; the person can change it in the settings. */
declare const __SHEAF_SERVER_URL__: string | undefined;

const builtServerUrl = typeof __SHEAF_SERVER_URL__ === "string" ? __SHEAF_SERVER_URL__ : "http://localhost:8787";

export type Theme = "system" | "light" | "dark";
/** Whether the right-click menu has an entry of ours. */
export type MenuChoice = "shown" | "hidden";

/** Without a trailing slash. */
export const serverUrl = storage.defineItem<string>("local:serverUrl", { fallback: builtServerUrl, version: 1 });

/** Read it with `readDeviceId`, which makes it at the first call. */
export const deviceId = storage.defineItem<string | null>("local:deviceId", { fallback: null, version: 1 });

/** Written by the background when a sign-in or a sign-out is complete; pages watch it. */
export const account = storage.defineItem<Account | null>("local:account", {
	fallback: null,
	version: 2,
	migrations: { 2: fromFirstAccount },
});

/** When the backend ended the session by itself (epoch milliseconds), until the next sign-in. Says why one is a guest again. */
export const sessionEndedAt = storage.defineItem<number | null>("local:sessionEndedAt", { fallback: null, version: 1 });

/** The targets as last fetched: the popup paints from them. Emptied at sign-out. */
export const targets = storage.defineItem<TargetView[]>("local:targets", { fallback: [], version: 1 });

/** Where the next capture goes; set it with `chooseTarget`. Emptied at sign-out. */
export const selectedTargetId = storage.defineItem<string | null>("local:selectedTargetId", {
	fallback: null,
	version: 1,
});

/** By workspace, where captures went last. Follows the person (ACC-5), and so do `menu` and `theme`. */
export const lastTargets = storage.defineItem<Record<string, string>>("local:lastTargets", {
	fallback: {},
	version: 1,
});

/**
 * By workspace and site (`site-targets.ts`), where captures go together. It tells which sites a person visits, so it stays on this
 * device and goes at sign-out.
 */
export const siteTargets = storage.defineItem<Record<string, string[]>>("local:siteTargets", {
	fallback: {},
	version: 1,
});

/** By id, what the rows are called that were chosen for linked columns (`linked-rows.ts`). Goes at sign-out. */
export const linkedRows = storage.defineItem<Record<string, string>>("local:linkedRows", { fallback: {}, version: 1 });

export const menu = storage.defineItem<MenuChoice>("local:menu", { fallback: "shown", version: 1 });

export const theme = storage.defineItem<Theme>("local:theme", { fallback: "system", version: 1 });

/** When a guest hid the banner on this device (epoch milliseconds). */
export const guestBannerHiddenAt = storage.defineItem<number | null>("local:guestBannerHiddenAt", {
	fallback: null,
	version: 1,
});

/** How many of the guest's captures have moved to whose account, until that person has been told (ID-8). */
export const movedCaptures = storage.defineItem<{ userId: string; count: number } | null>("local:movedCaptures", {
	fallback: null,
	version: 1,
});

/**
 * How many parcels of the person's sealed records could not be opened when they came back; null when there are none. They are kept
 * (`api/open-sealed.ts`), and until the person has read it, it is said.
 */
export const unopenedParcels = storage.defineItem<number | null>("local:unopenedParcels", {
	fallback: null,
	version: 1,
});

/** What the server was last seen to have of the settings that follow the person; null before the first time. */
export const syncedSettings = storage.defineItem<Record<string, string> | null>("local:syncedSettings", {
	fallback: null,
	version: 1,
});
