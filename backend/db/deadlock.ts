/** PostgreSQL ended this one of two transactions that waited for each other. */
const deadlockDetected = "40P01";
const attempts = 5;

/**
 * Does a transaction again when it was the victim of a deadlock: nothing of it was kept, and the other one is through. For those that
 * lock a whole workspace by their foreign keys, in an order that is not ours to choose.
 */
export async function againAfterDeadlock<Result>(work: () => Promise<Result>, left = attempts): Promise<Result> {
	try {
		return await work();
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : undefined;
		if (code !== deadlockDetected || left <= 1) throw error;
		return await againAfterDeadlock(work, left - 1);
	}
}
