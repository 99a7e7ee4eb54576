import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ConnectionView } from "../../../backend/contract/connections.ts";
import type { ProviderView } from "../../../backend/contract/providers.ts";
import type { Permission } from "../../../backend/contract/users.ts";
import type { Client } from "../../api/client.ts";
import type { Feed } from "../../live/shared-feed.ts";
import type { Outbox } from "../../outbox/types.ts";
import { may as accountMay } from "../local/may.ts";
import type { Records } from "../local/records.ts";
import type { Settings } from "../local/settings.ts";
import type { Remote } from "./use-remote.ts";

/** What the backend tells a signed-in person once per visit, and again after every change. */
export type Catalog = { providers: ProviderView[]; connections: ConnectionView[] };

/** A change that can be taken back with one press. */
export type Undoable = { words: string; undo: () => Promise<void> };

/** What every part of the options page stands on. */
export type OptionsWorld = {
	settings: Settings;
	outbox: Outbox;
	records: Records;
	online: boolean;
	client: Client;
	catalog: Remote<Catalog>;
	/** What changes at the backend, as it happens; null for a guest. */
	feed: Feed | null;
	/** Reads providers, connections, targets, and what this person may do, again. */
	reload: () => Promise<void>;
	offerUndo: (change: Undoable) => void;
};

export const OptionsContext = createContext<OptionsWorld | null>(null);

export function useWorld(): OptionsWorld {
	const world = useContext(OptionsContext);
	if (!world) throw new Error("A part of the options page was drawn outside of it.");
	return world;
}

/** Whether the server's policy lets this person do it where they work. */
export function may(world: OptionsWorld, permission: Permission): boolean {
	return accountMay(world.settings.account, permission);
}
