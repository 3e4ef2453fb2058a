// What stands where an address is expected and there is none.

/** How libprocess writes the address of nobody. */
export const NO_PID = "@0.0.0.0:0";
