internal import LabDomain
internal import LabSettings

/// The mapping `controls`: how many of each kind a plate has, and what each must show.
enum ControlSettings {
    /// The laboratory's controls.
    static func scheme(_ item: inout SettingsReader) -> ControlScheme? {
        let scheme = ControlScheme(
            weakPositive: item.int("weak_positive", in: 0...40),
            negative: item.int("negative", in: 0...40),
            kitPositive: item.int("kit_positive", in: 0...8),
            kitNegative: item.int("kit_negative", in: 0...8))
        check(scheme, &item)
        return scheme
    }

    /// An assay's numbers of controls, where they differ from the laboratory's.
    static func counts(
        _ item: inout SettingsReader, _ laboratory: ControlScheme
    ) -> ControlScheme? {
        read(&item, laboratory)?.scheme
    }

    /// An assay's numbers of controls and what each must show.
    static func read(
        _ item: inout SettingsReader, _ laboratory: ControlScheme
    ) -> (scheme: ControlScheme?, expectations: [ControlExpectation])? {
        var counts: [ControlKind: Int] = [:]
        var expectations: [ControlExpectation] = []
        for kind in ControlKind.allCases {
            let expectation = item.ifPresent(kind.key) { item -> ControlExpectation? in
                counts[kind] = item.ifPresent("count") { $0.int(in: 0...40) }
                return self.expectation(kind, &item)
            }
            // A kind of which only the number is told does as its sign says.
            if let expectation, expectation != ControlExpectation(kind) {
                expectations.append(expectation)
            }
        }
        guard !counts.isEmpty else { return (nil, expectations) }
        let scheme = ControlScheme(
            weakPositive: counts[.weakPositive] ?? laboratory.weakPositive,
            negative: counts[.negative] ?? laboratory.negative,
            kitPositive: counts[.kitPositive] ?? laboratory.kitPositive,
            kitNegative: counts[.kitNegative] ?? laboratory.kitNegative)
        check(scheme, &item)
        return (scheme, expectations)
    }

    private static func expectation(
        _ kind: ControlKind, _ item: inout SettingsReader
    ) -> ControlExpectation {
        let windows = item.ifPresent("window") { item in
            item.entries { name, value -> ControlExpectation.Window? in
                let cycles = value.list { $0.double(in: 0...100) }
                guard cycles.count == 2, cycles[0] <= cycles[1], let from = Cq(cycles[0]),
                    let to = Cq(cycles[1])
                else {
                    value.refuse("write the first and the last cycle, such as [28, 36]")
                    return nil
                }
                return ControlExpectation.Window(target: name, from: from, to: to)
            }.map(\.value)
        }
        return ControlExpectation(
            kind, shows: item.ifPresent("shows") { $0.list { $0.string() } },
            lacks: item.ifPresent("lacks") { $0.list { $0.string() } },
            internalControl: item.has("internal_control")
                ? item.choice("internal_control", of: ControlExpectation.InternalControl.self)
                : .any,
            windows: windows ?? [],
            silentAfter: item.has("silent_after")
                ? AssaySettings.cq(&item, "silent_after") : nil)
    }

    private static func check(_ scheme: ControlScheme, _ item: inout SettingsReader) {
        if !scheme.meetsManual {
            item.refuse("the laboratory manual asks for 1 weak positive and 3 negatives at least")
        }
    }
}

extension ControlKind {
    /// The key under which settings tell of it.
    fileprivate var key: String { rawValue.replacing("-", with: "_") }
}
