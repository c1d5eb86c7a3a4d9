package import Testing

extension Trait where Self == ConditionTrait {
    /// Skips a test, and says so, where a reference file is absent; under `CI=true` it then fails.
    package static func needs(reference file: String) -> Self {
        .enabled(if: Reference.has(file), "reference/\(file) is absent")
    }
}
