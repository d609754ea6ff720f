// Stands in for `server-only` where no bundler of the framework decides what the browser gets.
export {};
