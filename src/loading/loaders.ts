export { createRestLoaders as createLoaders, type RestLoaders as Loaders } from './rest-loaders.ts';
