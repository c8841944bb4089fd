/**
 * Where the build leaves the API's document, from the project's folder. Making it loads every route there is, which
 * takes a second and a half and 150 MB (lib/launch/openapi-build.ts): no process that serves should.
 */
export const openApiFile = ".next/faces-openapi.json";
