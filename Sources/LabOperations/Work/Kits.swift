internal import LabDomain
internal import LabProgramme
internal import LabStore

extension Work {
    /// The assay of a kit that the laboratory has.
    func assay(_ kit: KitRole) throws -> Assay {
        guard let assay = rules.settings.assays[kit] else {
            throw Refusal(
                .rule, "The laboratory has no \(kit.word) kit.",
                remedy: "Add an assay with `kit: \(kit.rawValue)` to its settings.")
        }
        return assay
    }

    /// The lot for a plate of today (ASSAY-5); nil where the laboratory keeps none.
    func lot(_ number: String?, of kit: KitRole) throws -> KitLot? {
        let today = rules.settings.zone.day(of: now)
        let kept = rules.settings.kits[kit] ?? Kit()
        do throws(Kit.LotFault) {
            return try kept.lot(number, on: today)
        } catch {
            let remedy: Wording = "Add a lot in date to the assay's `lots` in the settings."
            switch error {
            case .unknown:
                throw Refusal(
                    .unknown, "The \(kit.word) kit has no lot of this number.", remedy: remedy)
            case .expired(let lot):
                throw Refusal(
                    .rule,
                    "The lot \(lot.number) of the \(kit.word) kit expired on \(lot.expires).",
                    remedy: remedy)
            }
        }
    }

    /// That a lot ends soon.
    func warning(of lot: KitLot) -> Wording? {
        let left =
            lot.expires.daysSinceEpoch - rules.settings.zone.day(of: now).daysSinceEpoch
        guard left <= Kit.warningDays else { return nil }
        return "The lot \(lot.number) expires on \(lot.expires)."
    }

    /// The positive controls of every plate with which one of today could be swapped.
    func controlPlaces() throws -> [ControlPlaces] {
        let zone = rules.settings.zone
        let minutes =
            Int64(zone.day(of: now).daysSinceEpoch) * 1_440 - Int64(zone.minutesEast)
        return try transaction.controlPlaces(since: Timestamp(milliseconds: minutes * 60_000))
    }
}

extension Rules {
    /// Whether the routine kit is validated for every pool of a scheme (ASSAY-6).
    func isValidated(_ scheme: PoolScheme) -> Bool {
        guard let kit = settings.kits[.first] else { return true }
        return scheme.sizes.allSatisfy(kit.isValidated)
    }

    /// The sizes for which the routine kit is validated, as refusals name them.
    var validatedSizes: String {
        let sizes = (settings.kits[.first]?.poolSizes ?? []).filter { $0 > 1 }
        return sizes.isEmpty ? "-" : sizes.map(String.init).joined(separator: ", ")
    }
}
