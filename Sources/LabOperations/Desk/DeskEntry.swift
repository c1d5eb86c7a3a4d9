package import LabDomain

/// One thing done at a sampling desk, as its device tells it.
package struct DeskEntry: Hashable, Sendable, Codable {
    /// Who is swabbed, and into what kind of tube.
    package struct Binding: Hashable, Sendable, Codable {
        package let ratio: Int
        package let risk: RiskClass
        package let unit: String
        package let site: String
        package let box: String
        package let person: DeskPerson

        /// A person with the tube's kind and origin.
        package init(
            ratio: Int, risk: RiskClass, unit: String, site: String, box: String,
            person: DeskPerson
        ) {
            self.ratio = ratio
            self.risk = risk
            self.unit = unit
            self.site = site
            self.box = box
            self.person = person
        }
    }

    /// What was done.
    package enum Act: Hashable, Sendable, Codable {
        /// Somebody was swabbed into the tube.
        case bind(Binding)
        /// The person of an earlier entry is not in the tube.
        case undo(of: Int)
        /// The tube is closed; the desk counted so many people.
        case close(counted: Int, reason: DeskCloseReason?)
        /// The tube that was closed is open again.
        case reopen
    }

    /// A random name that the device gave itself.
    package let desk: String
    /// The desk's running number, from 1.
    package let sequence: Int
    /// Who worked at the desk.
    package let by: String
    /// When, by the device's clock.
    package let device: Timestamp
    package let tube: String
    package let act: Act

    /// An entry of a desk's queue.
    package init(
        desk: String, sequence: Int, by: String, device: Timestamp, tube: String, act: Act
    ) {
        self.desk = desk
        self.sequence = sequence
        self.by = by
        self.device = device
        self.tube = tube
        self.act = act
    }

    /// Whether a text can be the name of a desk: 16 to 40 of `a-z 0-9 -`.
    package static func isDesk(_ text: String) -> Bool {
        (16...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { isLowerCase($0) || (48...57).contains($0) || $0 == 45 }
    }
}

private func isLowerCase(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
