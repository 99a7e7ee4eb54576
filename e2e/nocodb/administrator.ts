/** Who the server is set up for; it lives as long as the check. */
export const administrator = { email: "owner@sheaf.test", password: "Sheaf-check-1234" } as const;
