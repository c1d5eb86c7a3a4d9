internal import LabDomain
internal import LabTables

/// The settings, barcodes and files of a rehearsal.
enum RehearsalRules {
    /// A laboratory whose one assay has one target: a pool with any Ct is positive, a member up to
    /// the given one.
    static func laboratory(positiveAtMost: Cq) -> String {
        """
        name: rehearsal
        utc_offset: "+08:00"
        identifiers:
          laboratory_oid: 2.16.840.1.113883.19.4.6
          laboratory_number: 99D9999999
          application_oid: 2.16.840.1.113883.19.99
          receiver_name: nobody
          receiver_oid: 2.16.840.1.113883.19.5
        address: { street: none, city: none, country: CHN }
        telephone: 000-0000000
        barcodes:
          - { supplier: rehearsal, prefix: RH, length: 12, alphabet: digits, check: none }
        plate:
          wells: 96
          controls: { weak_positive: 1, negative: 3, kit_positive: 1, kit_negative: 1 }
        assays:
          - name: recorded
            kit: first
            targets:
              - { name: RNA, positive_at_most: \(positiveAtMost.cycles) }
            single_target: detected
            pooled_at_most: 100
        """
    }

    /// A programme that lets pools of any size up to the campaign's largest be formed.
    static func programme(largestPool: Int) -> String {
        """
        name: rehearsal
        title: Rehearsal of a recorded campaign
        effective: 2020-01-01
        clocks:
          - { name: feedback, starts: received, stops: released, limit: 12h, source: rehearsal }
        mixed_ratios: [5, 10, 20]
        laboratory_pools:
          sizes: [1, 2, \(max(3, largestPool))]
          highest_prevalence: 1
          sensitivity_floor: 0
          risks: [low]
          unconfirmed: note
        testing:
          maximum_tests: 3
          second_kit_for: []
        expected_prevalence: { low: 0 }
        """
    }

    /// The barcode of the n-th sample.
    static func barcode(number: Int) -> TubeID {
        let digits = String(number)
        return TubeID("RH" + String(repeating: "0", count: max(0, 10 - digits.count)) + digits)
    }

    /// A run's file: controls as they must be, samples as recorded.
    static func run(
        _ worklist: Worklist, positiveAtMost: Cq, cq: (String) -> Cq?
    ) -> [UInt8] {
        var writer = DelimitedWriter(guardsFormulas: false)
        writer.row(["plate", "well", "target", "cq"])
        for well in worklist.wells {
            let read: Cq? =
                if let control = ControlKind(rawValue: well.content) {
                    control.isPositive ? positiveAtMost : nil
                } else {
                    cq(well.code)
                }
            for channel in worklist.channels {
                writer.row([
                    worklist.plate.text, well.well.description, channel,
                    read.map { String($0.cycles) } ?? "Undetermined",
                ])
            }
        }
        return writer.bytes
    }
}
