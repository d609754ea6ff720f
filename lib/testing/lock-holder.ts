import { tryLock } from "@/scripts/lock.mjs";

// Holds the lock that its argument names until it is killed.
const lock = await tryLock(process.argv[2] ?? "", () => ({ pid: process.pid }));
process.stdout.write(lock ? "held\n" : "refused\n");
process.stdin.resume();
