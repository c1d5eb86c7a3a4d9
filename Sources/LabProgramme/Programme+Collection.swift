internal import LabDomain
internal import LabSettings

extension Programme {
    /// Reads `collection` and `expected_prevalence`, which a programme may leave out.
    static func collection(
        _ read: inout SettingsReader, mixed: Set<MixRatio>
    ) -> CollectionRules {
        let allowed = [.one] + mixed.map { TubeRatio($0) }
        let largest = read.ifPresent("collection") { item in
            byClass(&item) { entry -> TubeRatio? in
                let ratio = entry.value(expecting: "1, 5, 10 or 20") {
                    Int($0).flatMap(TubeRatio.init(rawValue:))
                }
                if let ratio, !allowed.contains(ratio) {
                    entry.refuse("mixed_ratios does not name \(ratio); add it there, or write less")
                }
                return ratio
            }
        }
        let prevalence = read.ifPresent("expected_prevalence") { item in
            byClass(&item) { $0.double(in: 0...1) }
        }
        return CollectionRules(largest: largest ?? [:], prevalence: prevalence ?? [:])
    }

    private static func byClass<Value>(
        _ item: inout SettingsReader, _ value: (inout SettingsReader) -> Value?
    ) -> [RiskClass: Value]? {
        var values: [RiskClass: Value] = [:]
        for risk in RiskClass.allCases { values[risk] = item.ifPresent(risk.rawValue, value) }
        return values
    }
}
