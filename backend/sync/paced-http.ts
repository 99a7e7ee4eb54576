import type { ConnectorCall, ConnectorManifest, GuardedDial, GuardedHttp } from "../connectors/connector.ts";
import type { AsService } from "../db/as-service.ts";
import { type Asking, type Turn, takeFairTurn } from "./turns.ts";
import { watchProvider } from "./watch-provider.ts";

/** The guarded ways out that a connector is handed. */
export type Doors = { http: GuardedHttp; dial?: GuardedDial | undefined };

/** Sockets only for a connector that says it opens some. What the provider answers is counted. */
export function doorsOf({ id, dials }: Pick<ConnectorManifest, "id" | "dials">, { http, dial }: Doors): Doors {
	const watched = watchProvider(http, id);
	return dials === true ? { http: watched, dial } : { http: watched };
}

/** The same doors for one call of a connector, each request of which waits for its turn. */
export type PacedDoors = {
	doors: Pick<ConnectorCall, "http" | "dial">;
	/** A turn for a request that goes through none of the doors; false: it is not to leave now. */
	turn(signal: AbortSignal): Promise<boolean>;
	/**
	 * Whether something was not sent, and for how long the scope is blocked. The call's failure is then nobody's: what it was about
	 * is to be done again later. Null when every request left.
	 *
	 * @throws what the database threw when a turn was asked for: a connector would take it for a failure of its provider
	 */
	heldBack(): { forMs: number } | null;
};

/** Whose pace, and for whom; requests of kinds that the provider counts apart wait apart. */
export type Paced = Asking & { kindOf?: ConnectorManifest["kindOf"] };

/**
 * Puts the provider's pace between a connector and the ways out (SYNC-4): every request, also the second and the third of one push,
 * takes a turn of the scope that all workers share. While the scope is blocked nothing leaves: the connector hears that the request
 * was given up, and `heldBack` says why. The time limit of a request begins after its turn.
 *
 * One for each call of a connector, so that what one call was refused is not noted on another.
 */
export function paceDoors(asService: AsService, { kindOf, ...asking }: Paced, { http, dial }: Doors): PacedDoors {
	let held: { forMs: number } | null = null;
	const failures: unknown[] = [];
	let isBegun = false;
	const takeTurn = async (signal: AbortSignal, kind?: string): Promise<Extract<Turn, { kind: "go" }> | null> => {
		// After one request was held back the rest of the call is not worth a turn.
		if (held !== null || failures.length > 0) return null;
		try {
			const turn = await takeFairTurn(asService, { ...asking, kind, isBegun }, signal);
			isBegun ||= turn.kind === "go";
			if (turn.kind === "blocked") held = { forMs: turn.forMs };
			if (turn.kind === "aborted") held = { forMs: 0 };
			return turn.kind === "go" ? turn : null;
		} catch (error) {
			failures.push(error);
			return null;
		}
	};
	const notSent = { kind: "unanswered", reason: "aborted" } as const;
	const pacedHttp: GuardedHttp = async (request) => {
		const turn = await takeTurn(request.signal, kindOf?.(request));
		return turn === null ? notSent : await http(request).finally(turn.answered);
	};
	const pacedDial: GuardedDial = async (place) => {
		const turn = dial === undefined ? null : await takeTurn(place.signal);
		return dial === undefined || turn === null ? notSent : await dial(place).finally(turn.answered);
	};
	return {
		turn: async (signal) => {
			const turn = await takeTurn(signal);
			turn?.answered();
			return turn !== null;
		},
		doors: dial === undefined ? { http: pacedHttp } : { http: pacedHttp, dial: pacedDial },
		heldBack: () => {
			if (failures.length > 0) throw failures[0];
			return held;
		},
	};
}
