extension Report {
    /// The person, in clear; printing one shows the identifier only.
    package struct Person: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
        /// The laboratory's identifier of the person (PID-3, type PI).
        package let id: PersonID
        /// Name, document, sex, birth date, telephone and address; sex and birth date may be
        /// unknown.
        package let details: PersonDetails

        /// A person with what is known of them.
        package init(id: PersonID, details: PersonDetails) {
            self.id = id
            self.details = details
        }

        /// The identifier alone.
        package var description: String { "Person(\(id))" }
        /// Without children, so that `dump` shows nobody.
        package var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// What was swabbed (SPM-4).
    package enum SpecimenType: String, CaseIterable, Hashable, Sendable, Codable {
        /// A swab of the throat, as mass testing takes it.
        case throatSwab = "throat-swab"
        /// A swab of the throat behind the mouth, where it is told apart.
        case oropharyngealSwab = "oropharyngeal-swab"
        /// A swab through the nose of the wall behind it.
        case nasopharyngealSwab = "nasopharyngeal-swab"
        /// Swabs of throat and nasopharynx in one tube.
        case combinedSwab = "np-op-swab"
        /// A swab of the front of the nose.
        case anteriorNaresSwab = "anterior-nares-swab"
        /// A swab of the nose's middle.
        case midTurbinateSwab = "mid-turbinate-swab"
        /// A swab of the inside of the nose.
        case nasalSwab = "nasal-swab"
        case saliva
        case sputum
        /// What a lavage of the lung brought up (BALF).
        case lavage = "bal-fluid"
        /// A swab of a surface, a package or a place.
        case environment
    }

    /// What the deciding well said of one target.
    package struct TargetReading: Hashable, Sendable {
        /// The target's name in the assay, such as `ORF1ab`.
        package let name: String
        /// The cycle at which the curve crossed, nil when it did not.
        package let cq: Cq?
        /// What the assay's limits make of it.
        package let call: Call

        /// A target with its Cq and its call.
        package init(name: String, cq: Cq?, call: Call) {
            self.name = name
            self.cq = cq
            self.call = call
        }
    }

    /// How the specimen was tested.
    ///
    /// Only a tube that had its well to itself has readings: those of a shared well are other
    /// people's too.
    package enum Testing: Hashable, Sendable {
        /// A tube of one person in a well of its own, with the readings of the deciding well.
        case alone([TargetReading])
        /// A mixed tube (混采) of so many people.
        case mixedTube(people: Int)
        /// A tube of one person, pooled in the laboratory (混样) with others.
        case laboratoryPool(PoolID, size: Int)
        /// A tube that was rejected before anybody tested it, of one person or a mixed one.
        case untested(isMixed: Bool)

        /// The laboratory pool, where there was one.
        package var pool: PoolID? {
            if case .laboratoryPool(let pool, _) = self { pool } else { nil }
        }
    }

    /// The specimen.
    package struct Specimen: Hashable, Sendable {
        /// The tube's barcode (SPM-2, and the order's numbers are made from it).
        package let tube: TubeID
        /// What was swabbed (SPM-4).
        package let type: SpecimenType
        /// How it was tested.
        package let testing: Testing

        /// A specimen; a throat swab unless said.
        package init(tube: TubeID, type: SpecimenType = .throatSwab, testing: Testing) {
            self.tube = tube
            self.type = type
            self.testing = testing
        }
    }

    /// The moments of a specimen, each no earlier than the one before.
    package struct Times: Hashable, Sendable {
        /// The swab (OBR-7, OBX-14, SPM-17).
        package let collectedAt: Timestamp
        /// The reception (SPM-18).
        package let receivedAt: Timestamp
        /// The run that decided (OBX-19).
        package let testedAt: Timestamp
        /// The release (OBR-22, MSH-7).
        package let releasedAt: Timestamp
        /// The laboratory's zone, in which all of them are written.
        package let zone: Zone

        /// Moments; the report checks their order.
        package init(
            collectedAt: Timestamp, receivedAt: Timestamp, testedAt: Timestamp,
            releasedAt: Timestamp, zone: Zone
        ) {
            self.collectedAt = collectedAt
            self.receivedAt = receivedAt
            self.testedAt = testedAt
            self.releasedAt = releasedAt
            self.zone = zone
        }
    }

    /// With what the specimen was tested (OBX-17).
    package struct Method: Hashable, Sendable {
        /// The assay's short name (CE-1).
        package let assay: String
        /// The kit with its maker (CE-2).
        package let kit: String
        /// The names of what the assay looks for, from which tests get their codes (OBR-4, OBX-3);
        /// empty stands for SARS-CoV-2 as a whole.
        package let targets: [String]

        /// An assay with its kit and targets.
        package init(assay: String, kit: String, targets: [String] = []) {
            self.assay = assay
            self.kit = kit
            self.targets = targets
        }
    }
}
