internal import LabDomain
internal import LabSettings

/// The reading rules of an assay.
extension AssaySettings {
    static func assay(
        _ item: inout SettingsReader, kit: String, _ expectations: [ControlExpectation]
    ) -> Assay? {
        let targets = item.list("targets", target)
        var excuse: ControlExcuse?
        let control = item.ifPresent("internal_control") { control in
            excuse = Self.excuse(&control)
            return AssayTarget(
                name: control.string("name"), positiveAtMost: limit(&control, "at_most", "below"),
                greyAtMost: nil, dye: control.optionalString("dye"))
        }
        let name = item.string("name")
        let single = item.choice("single_target", of: Assay.SingleTarget.self)
        let pooled = item.has("pooled_at_most") ? cq(&item, "pooled_at_most") : nil
        guard !targets.isEmpty else {
            item.refuse("an assay needs at least one target", at: "targets")
            return nil
        }
        let latest = targets.map { $0.greyAtMost ?? $0.positiveAtMost }.max() ?? .latest
        if let pooled, pooled < latest {
            item.refuse(
                "pools must be read at least as far as single tubes; use the targets' own limit",
                at: "pooled_at_most")
        }
        if Set(targets.map(\.name) + [control?.name ?? ""]).count < targets.count + 1 {
            item.refuse("two channels have the same name; give each its own", at: "targets")
        }
        let least = item.ifPresent("detected_from") { $0.int(in: 1...targets.count) }
        check(expectations, targets, hasControl: control != nil, &item)
        return Assay(
            name: name, kit: kit, targets: targets, internalControl: control, singleTarget: single,
            pooledAtMost: pooled, leastDetected: least == targets.count ? nil : least,
            controlExcuse: excuse, expectations: expectations,
            repeats: item.ifPresent("repeat", repeats))
    }

    private static func target(_ item: inout SettingsReader) -> AssayTarget? {
        let target = AssayTarget(
            name: item.string("name"),
            positiveAtMost: limit(&item, "positive_at_most", "positive_below"),
            greyAtMost: item.has("grey_at_most") ? cq(&item, "grey_at_most") : nil,
            dye: item.optionalString("dye"))
        if let grey = target.greyAtMost, grey < target.positiveAtMost {
            item.refuse(
                "the grey zone ends before the limit; write a later cycle, or leave it out",
                at: "grey_at_most")
        }
        return target
    }

    /// A limit that still counts, or the first cycle that counts no more.
    private static func limit(
        _ item: inout SettingsReader, _ atMost: String, _ below: String
    ) -> Cq {
        guard item.has(below) else { return cq(&item, atMost) }
        if item.has(atMost) {
            item.refuse("the limit stands here and in '\(atMost)'; keep one", at: below)
        }
        return Cq(item.double(below, in: 1...100).nextDown) ?? .latest
    }

    private static func excuse(_ control: inout SettingsReader) -> ControlExcuse? {
        guard control.has("may_be_silent") else { return nil }
        switch control.choice("may_be_silent", of: SilentControl.self) {
        case .signal: return nil
        case .never: return .never
        case .early: return .signal(upTo: cq(&control, "early_at_most"))
        }
    }

    private static func repeats(_ item: inout SettingsReader) -> RepeatRule? {
        let verdicts = item.list("verdicts") { $0.choice(of: RepeatedVerdict.self) }
        return RepeatRule(
            verdicts: Set(verdicts.map(\.verdict)),
            maximumTests: item.int("maximum_tests", in: 1...10),
            greyTwice: item.has("grey_twice")
                ? item.choice("grey_twice", of: RepeatRule.GreyTwice.self) : .detected)
    }

    private static func check(
        _ expectations: [ControlExpectation], _ targets: [AssayTarget], hasControl: Bool,
        _ item: inout SettingsReader
    ) {
        let names = targets.map(\.name)
        for expectation in expectations {
            let shows = expectation.shows ?? []
            let lacks = expectation.lacks ?? []
            let kind = expectation.kind.rawValue
            if !Set(shows + lacks + expectation.windows.map(\.target)).isSubset(of: names) {
                item.refuse(
                    "the \(kind) control names a target that the assay has not; name its own",
                    at: "controls")
            }
            if !Set(shows).isDisjoint(with: lacks) {
                item.refuse(
                    "the \(kind) control must show and lack the same target; choose", at: "controls"
                )
            }
            if expectation.kind.isPositive, names.allSatisfy({ !expectation.mustShow($0) }) {
                item.refuse(
                    "a positive control that shows nothing proves nothing; name a target",
                    at: "controls")
            }
            if !expectation.kind.isPositive, !names.allSatisfy(expectation.mustLack) {
                item.refuse(
                    "a negative control lacks every target, or it proves nothing; name them all",
                    at: "controls")
            }
            if let silent = expectation.silentAfter,
                targets.contains(where: { silent < $0.positiveAtMost })
            {
                item.refuse(
                    "'silent_after' lies before a limit; a control lacks what a sample lacks",
                    at: "controls")
            }
            if !hasControl, expectation.internalControl != .any {
                item.refuse(
                    "the assay has no internal control; leave 'internal_control: any'",
                    at: "controls")
            }
        }
    }

    static func cq(_ item: inout SettingsReader, _ key: String) -> Cq {
        Cq(item.double(key, in: 1...100)) ?? Cq.latest
    }

    /// When the internal control may be silent, as settings write it.
    private enum SilentControl: String, CaseIterable {
        case signal = "when_signal"
        case early = "when_early"
        case never
    }

    /// What may be tested again, as settings write it.
    private enum RepeatedVerdict: String, CaseIterable {
        case grey
        case invalid

        var verdict: Verdict { self == .grey ? .grey : .invalid }
    }
}
