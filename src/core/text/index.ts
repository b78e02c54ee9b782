export * from "./tf-idf"
export * from "./tokenise"
