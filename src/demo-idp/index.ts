/** A local OpenID provider for trying things and for tests. */
export { type AutoLoginOptions, autoLogin } from './auto-login.js';
export { type Certificate, makeCertificate } from './certificate.js';
export type { DemoEndpoints } from './config.js';
export { type DashboardApp, type DashboardAppOptions, startDashboardApp } from './dashboard-app.js';
export { makeSigningKey, processKey, type SigningKey } from './keys.js';
export { FAULTS, type FaultName, parseMisbehaviour } from './misbehave.js';
export { DEFAULT_PRESET, type DemoPreset, findPreset, PRESETS, presetNames } from './presets/index.js';
export { type DemoIdp, type DemoIdpOptions, type LoggedRequest, startDemoIdp } from './server.js';
export { DEMO_USERS, type DemoUser, demoUser } from './users.js';
