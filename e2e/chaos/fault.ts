import type { SheafBrowser } from "../support/browser.ts";
import type { Person } from "../support/person.ts";
import type { Stand } from "../support/stand.ts";
import type { TestBase } from "../support/test-base.ts";

/** Where faults strike: everything that runs, and somebody whose captures go to a table. */
export type Scene = { stand: Stand; browser: SheafBrowser; person: Person; base: TestBase };

/**
 * One way in which things go wrong. `arm` plans it before the capture; `struck` proves afterwards that the named point
 * was really reached; `mend` brings back what the world would bring back (a restarted process, a network).
 */
export type Fault = {
	/** Said in the report, for example `backend killed after COMMIT, before its reply`. */
	name: string;
	arm(scene: Scene): Promise<ArmedFault>;
};

export type ArmedFault = {
	/** Resolves once the fault has struck; rejects when it does not in time. */
	struck(): Promise<void>;
	/** Resolves when Sheaf can work again: recovery is measured from here. */
	mend(): Promise<void>;
};
