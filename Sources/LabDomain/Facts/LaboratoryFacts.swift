/// A laboratory was made, with the text of its settings.
package struct LaboratoryMade: FactPayload {
    package static let kind = FactKind.laboratoryMade
    package let name: String
    package let settings: String
    package var subject: String { "laboratory" }

    /// A new laboratory.
    package init(name: String, settings: String) {
        self.name = name
        self.settings = settings
    }
}

/// The laboratory got other settings, with their whole text.
package struct SettingsAdopted: FactPayload {
    package static let kind = FactKind.settingsAdopted
    package let name: String
    package let settings: String
    package var subject: String { "laboratory" }

    /// The laboratory's name and settings from now on.
    package init(name: String, settings: String) {
        self.name = name
        self.settings = settings
    }
}

/// A programme came into force, with its whole text.
package struct ProgrammeAdopted: FactPayload {
    package static let kind = FactKind.programmeAdopted
    /// The programme's name and the first digits of its text's hash.
    package let version: String
    package let text: String
    package var subject: String { version }

    /// A programme with its version.
    package init(version: String, text: String) {
        self.version = version
        self.text = text
    }
}

/// Somebody may act from now on.
package struct StaffAdded: FactPayload {
    package static let kind = FactKind.staffAdded
    package let actor: Actor
    /// The full name, sealed; nil when none was given.
    package let name: Bytes?
    /// For which unit or site they work; nil in facts from before there were scopes.
    package let scope: Scope?
    package var subject: String { actor.handle }

    /// A new member of staff, a device or a sending unit.
    package init(actor: Actor, name: Bytes?, scope: Scope?) {
        self.actor = actor
        self.name = name
        self.scope = scope
    }
}

/// Somebody works for this unit or site from now on.
package struct StaffScoped: FactPayload {
    package static let kind = FactKind.staffScoped
    package let handle: String
    package let scope: Scope
    package var subject: String { handle }

    /// Somebody's unit or site.
    package init(handle: String, scope: Scope) {
        self.handle = handle
        self.scope = scope
    }
}

/// Somebody may act no longer.
package struct StaffRetired: FactPayload {
    package static let kind = FactKind.staffRetired
    package let handle: String
    package var subject: String { handle }

    /// The end of somebody's rights.
    package init(handle: String) {
        self.handle = handle
    }
}

/// Somebody has a new password; the password itself is kept elsewhere.
package struct PasswordSet: FactPayload {
    package static let kind = FactKind.passwordSet
    package let handle: String
    /// Whether it must be changed before anything else is done.
    package let isOneTime: Bool
    package var subject: String { handle }

    /// A new password of somebody.
    package init(handle: String, isOneTime: Bool) {
        self.handle = handle
        self.isOneTime = isOneTime
    }
}

/// A device or program got a key; the key itself is kept elsewhere.
package struct KeyIssued: FactPayload {
    package static let kind = FactKind.keyIssued
    package let handle: String
    package var subject: String { handle }

    /// A new key of a device or program.
    package init(handle: String) {
        self.handle = handle
    }
}
