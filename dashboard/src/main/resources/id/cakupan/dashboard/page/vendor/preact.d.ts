/** Types of preact.js: the standalone module of htm, which holds Preact, its hooks and htm. */
export * from 'htm/preact';
export { createContext } from 'preact';
