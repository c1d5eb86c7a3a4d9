/// The packages that `Package.swift` names.
enum Dependencies {
    /// Dependencies without one exact version: a build of today must be the build of tomorrow.
    static func floating(in manifest: SwiftFile) -> [Finding] {
        manifest.arguments(ofCallsTo: ".package(")
            .filter { !$0.arguments.contains("exact:") }
            .map { Finding(manifest.path, $0.line, "a dependency needs exact: and its version") }
    }
}
