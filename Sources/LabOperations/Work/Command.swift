internal import Foundation
package import LabDomain
internal import LabSecrets
internal import LabStore

/// One thing that somebody asks of the laboratory.
///
/// A step of work is always the same: read the command with its key, open one transaction, load
/// values, call the pure function, append the facts, answer.
package protocol Command: Sendable {
    /// What is made ready before the transaction opens; nothing for most commands.
    associatedtype Prepared: Sendable = Void
    /// What the command answers; a repeated key gives the first answer again.
    associatedtype Answer: Codable & Sendable

    /// What it asks for; roles are permitted by it.
    static var verb: Verb { get }

    /// Everything that makes this command what it is: a key may be used again for equal content
    /// only.
    var content: [UInt8] { get }

    /// A key that follows from the content, for commands that must not be done twice by accident.
    var naturalKey: String? { get }

    /// The slow part that needs no database: reading files, sealing fields.
    func prepare(
        under rules: Rules, for member: Member, vault: IdentityVault, at now: Timestamp
    ) throws -> Prepared

    /// The work itself, inside one transaction.
    func perform(_ prepared: Prepared, in work: Work) throws -> Answer

    /// Refuses what was done before under the same key when it is not what is asked now.
    func accept(earlier answer: Answer) throws
}

extension Command {
    package var naturalKey: String? { nil }

    /// What was done before is as it was asked, for most commands.
    package func accept(earlier answer: Answer) throws {}
}

extension Command where Prepared == Void {
    package func prepare(
        under rules: Rules, for member: Member, vault: IdentityVault, at now: Timestamp
    ) {}
}

extension Command where Self: Encodable {
    package var content: [UInt8] { Array(json(self).utf8) }
}

/// What a command works with while its transaction is open.
package struct Work {
    let transaction: Transaction
    let rules: Rules
    let vault: IdentityVault
    let member: Member
    let readings: KeptReadings

    /// The classes' prevalence, as pools are planned by it now.
    var prevalence: [RiskClass: ClassPrevalence] {
        get throws { try transaction.prevalence(under: rules, at: now, readings) }
    }
    /// When the command is done.
    var now: Timestamp { transaction.stamp.at }
    /// Who does it.
    var actor: Actor { transaction.stamp.actor }
    /// The part of the collection for which they work; refused while nobody has said which.
    var scope: Scope { get throws { try member.place() } }

    /// Whether a code is that of a tube or pool of this laboratory.
    func isTubeOrPool(_ code: String) throws -> Bool {
        try transaction.tube(TubeID(code)) != nil || transaction.pool(PoolID(code)) != nil
    }

    /// An identifier that follows from the command's key, so that a second writer would make the
    /// same one: two letters, ten characters and a check character (ISO 7064 MOD 37,36).
    func identifier(_ letters: String, _ parts: String...) -> String {
        Identifiers.make(letters, from: [transaction.stamp.command] + parts)
    }
}

/// Printable identifiers out of hashes.
enum Identifiers {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    static func make(_ letters: String, from parts: [String]) -> String {
        let hash = Hash.blake2b256(parts: ([letters] + parts).map { Array($0.utf8) })
        return withCheck(letters + base32(hash, characters: 10))
    }

    /// A person's identifier: it follows from the keyed token of the document alone.
    static func person(document token: [UInt8]) -> PersonID {
        PersonID("P" + base32(token, characters: 16))
    }

    /// A message's number (MSH-10): eighteen characters, of the twenty that HL7 allows.
    static func message(_ parts: [[UInt8]]) -> String {
        let hash = Hash.blake2b256(parts: [Array("message".utf8)] + parts)
        return withCheck("M" + base32(hash, characters: 16))
    }

    static func withCheck(_ body: String) -> String {
        guard let check = CheckCharacter.mod37Thirtysix.compute(over: body.utf8) else {
            return body
        }
        return body + String(Unicode.Scalar(check))
    }

    private static func base32(_ bytes: [UInt8], characters: Int) -> String {
        var text: [UInt8] = []
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for byte in bytes where text.count < characters {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5, text.count < characters {
                count -= 5
                text.append(alphabet[Int(bits >> count & 31)])
                bits &= (1 << count) - 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// A value as JSON with sorted keys: the form in which answers are kept and compared.
func json(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Only numbers that JSON cannot write would fail here, and no command holds one.
    guard let data = try? encoder.encode(value) else { return "null" }
    return String(decoding: data, as: UTF8.self)
}
