internal import LabDomain
internal import LabPooling
internal import LabProgramme

extension Rules {
    /// The rules by which pools are chosen, out of programme and settings.
    func pooling() throws -> PoolingRules {
        let limits = programme.poolLimits
        return PoolingRules(
            risks: programme.poolRisks, highestPrevalence: limits.highestPrevalence,
            schemes: poolSchemes, floor: limits.sensitivityFloor,
            worthwhile: limits.worthwhileSaving, oldest: limits.oldest,
            volumes: settings.bench.volumes, testsAfter: testsAfterPool,
            round: settings.bench.round,
            roundsAfter: policy.secondKitFor.contains(.single) ? 1 : 0, model: try testModel(),
            households: limits.householdCorrelation > 0
                ? .betaBinomial(correlation: limits.householdCorrelation) : .independent)
    }

    /// The schemes that the programme allows and for which the kit is validated, the fewest stages
    /// first.
    var poolSchemes: [PoolScheme] {
        let sizes = programme.poolSizes.compactMap { PoolScheme(size: $0) }
        return (sizes + programme.poolSchemes).filter(isValidated)
            .sorted { ($0.stages, $0.first) < ($1.stages, $1.first) }
    }

    /// Tests of its own that a tube may need after its pools: as often as it may be repeated, and
    /// one with another kit (RES-11).
    private var testsAfterPool: Int {
        policy.maximumTests + (policy.secondKitFor.contains(.single) ? 1 : 0)
    }

    /// How single tests and pools of aliquots read here.
    func testModel() throws -> TestModel {
        let bench = settings.bench
        let single = try Accuracy(
            sensitivity: bench.sensitivity, specificity: bench.specificity)
        let validated = try ValidatedSizes(kind: .laboratoryPool, shares: bench.poolDetection)
        // A size beyond what was validated keeps nothing, and so no floor lets it be chosen.
        let kept = (0...100).map { size in
            size < 1
                ? 1
                : (try? Dilution.validation(validated).kept(size: size, in: .laboratoryPool)) ?? 0
        }
        return try TestModel(stages: [single]) { $0 < kept.count ? kept[max($0, 0)] : 0 }
    }
}
