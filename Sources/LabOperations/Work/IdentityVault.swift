package import LabDomain
package import LabSecrets

/// Seals people's details and makes the tokens by which they are looked up.
package struct IdentityVault: Sendable {
    let vault: Vault

    /// A vault for one laboratory's key.
    package init(_ vault: Vault) {
        self.vault = vault
    }

    /// A person's identifier and sealed details.
    package func seal(_ person: PersonDetails) -> RegisteredPerson {
        let document = vault.index(Array(person.document.canonical.utf8), field: "document")
        let id = Identifiers.person(document: document)
        let identity = SealedIdentity(
            details: Bytes(vault.seal(person.packed, for: Array(id.text.utf8))),
            document: Bytes(document), name: nameToken(person.name),
            telephone: token(digits(of: person.telephone), "telephone"),
            address: token(person.address, "address"))
        return RegisteredPerson(id: id, identity: identity)
    }

    /// The token under which a name is found.
    package func nameToken(_ name: String) -> Bytes {
        Bytes(vault.index(Array(name.utf8), field: "name"))
    }

    /// A person's details in clear.
    /// - Throws: when the details were sealed for somebody else or with another key.
    package func open(_ details: Bytes, of person: PersonID) throws -> PersonDetails {
        let plain = try vault.open(details.array, for: Array(person.text.utf8))
        guard let details = PersonDetails(packed: plain) else {
            throw Refusal(
                .rule, "The details of \(person) have a form that this version does not know.",
                remedy: "Use the newest version of swabline.")
        }
        return details
    }

    /// A member of staff's full name, sealed.
    func seal(staffName: String, of handle: String) -> Bytes {
        Bytes(vault.seal(Array(staffName.utf8), for: Array("staff:\(handle)".utf8)))
    }

    /// A member of staff's full name in clear.
    func open(staffName sealed: Bytes, of handle: String) throws -> String {
        String(
            decoding: try vault.open(sealed.array, for: Array("staff:\(handle)".utf8)),
            as: UTF8.self)
    }

    /// An instrument's file, sealed: it may name people.
    func seal(evidence file: [UInt8]) -> [UInt8] {
        vault.seal(file, for: Array("evidence".utf8))
    }

    /// An instrument's file as it was sealed.
    func open(evidence sealed: [UInt8]) throws -> [UInt8] {
        try vault.open(sealed, for: Array("evidence".utf8))
    }

    /// A message about a person, sealed.
    package func seal(message bytes: [UInt8], _ id: MessageID) -> [UInt8] {
        vault.seal(bytes, for: Array("message:\(id)".utf8))
    }

    /// A message as it is sent.
    func open(message sealed: Bytes, _ id: MessageID) throws -> [UInt8] {
        try vault.open(sealed.array, for: Array("message:\(id)".utf8))
    }

    /// A receiver's words about a message, sealed: they may quote a value.
    func seal(words: [UInt8], about id: MessageID) -> Bytes {
        Bytes(vault.seal(words, for: Array("words:\(id)".utf8)))
    }

    /// A receiver's words as they came.
    func open(words sealed: Bytes, about id: MessageID) throws -> [UInt8] {
        try vault.open(sealed.array, for: Array("words:\(id)".utf8))
    }

    private func digits(of telephone: String) -> String {
        String(decoding: telephone.utf8.filter { (48...57).contains($0) }, as: UTF8.self)
    }

    private func token(_ text: String, _ field: String) -> Bytes? {
        text.isEmpty ? nil : Bytes(vault.index(Array(text.utf8), field: field))
    }
}
