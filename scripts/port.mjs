import net from "node:net";

/**
 * Tries whether a port can be listened on, and lets go of it.
 * @param {number} port
 * @param {string | undefined} host undefined: all interfaces
 * @param {string} name the setting that says which port
 * @returns {Promise<string | null>} null, or the one line that says what to mend
 */
export function portProblem(port, host, name = "PORT") {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", (error) => resolve(listenProblem(error, port, host, name)));
    server.listen({ port, host }, () => server.close(() => resolve(null)));
  });
}

/**
 * @param {unknown} error
 * @param {number} port
 * @param {string | undefined} host
 * @param {string} name
 */
export function listenProblem(error, port, host, name = "PORT") {
  const code = error instanceof Error && "code" in error ? error.code : String(error);
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} is taken by another program: stop that one, or choose another port, for example ${name}=${port + 1}.`;
    case "EACCES":
      return `Port ${port} is not open to this user: choose one above 1023, for example ${name}=3000.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EINVAL":
      return `HOST is wrong: this machine has no address ${host}; leave it unset for all interfaces.`;
    default:
      return `Port ${port} cannot be used (${code}): choose another one with ${name}.`;
  }
}
