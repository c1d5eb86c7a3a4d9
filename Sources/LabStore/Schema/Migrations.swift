internal import GRDB

/// The database's history of shapes, oldest first.
enum Migrations {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration(FirstSchema.name) { database in
            for statements in FirstSchema.statements { try database.execute(sql: statements) }
        }
        migrator.registerMigration(Conservation.name) { database in
            for statement in Conservation.statements { try database.execute(sql: statement) }
        }
        migrator.registerMigration(StagedPools.name) { database in
            for statements in StagedPools.statements { try database.execute(sql: statements) }
        }
        migrator.registerMigration(Measurements.name) { database in
            try database.execute(sql: Measurements.statement)
        }
        migrator.registerMigration(SigningIn.name) { database in
            try database.execute(sql: SigningIn.statement)
        }
        migrator.registerMigration(Screens.name) { database in
            try database.execute(sql: Screens.statements)
        }
        migrator.registerMigration(StaffScopes.name) { database in
            try database.execute(sql: StaffScopes.statement)
        }
        migrator.registerMigration(ClosedBoxes.name) { database in
            try database.execute(sql: ClosedBoxes.statement)
        }
        migrator.registerMigration(BreachCauses.name) { database in
            try database.execute(sql: BreachCauses.statement)
        }
        migrator.registerMigration(UnclosedBoxes.name) { database in
            try database.execute(sql: UnclosedBoxes.statement)
        }
        migrator.registerMigration(BenchPlates.name) { database in
            for statements in BenchPlates.statements { try database.execute(sql: statements) }
        }
        migrator.registerMigration(RunEvidence.name) { database in
            try database.execute(sql: RunEvidence.statement)
        }
        migrator.registerMigration(Certificates.name) { database in
            try database.execute(sql: Certificates.statement)
        }
        migrator.registerMigration(Outbox.name) { database in
            for statements in Outbox.statements { try database.execute(sql: statements) }
        }
        migrator.registerMigration(SamplingDesks.name) { database in
            try database.execute(sql: SamplingDesks.statements)
        }
        migrator.registerMigration(DeviceKeys.name) { database in
            try database.execute(sql: DeviceKeys.statement)
        }
        migrator.registerMigration(ReleasedOrder.name) { database in
            try database.execute(sql: ReleasedOrder.statement)
        }
        migrator.registerMigration(Planning.name) { database in
            try database.execute(sql: Planning.statements)
        }
        migrator.registerMigration(LookReasons.name) { database in
            try database.execute(sql: LookReasons.statement)
        }
        migrator.registerMigration(Alerts.name) { database in
            for statements in Alerts.statements { try database.execute(sql: statements) }
        }
        migrator.registerMigration(SupervisorPages.name) { database in
            for statements in SupervisorPages.statements { try database.execute(sql: statements) }
        }
        migrator.registerMigration(LookingBack.name) { database in
            try database.execute(sql: LookingBack.statement)
        }
        migrator.registerMigration(CityLists.name) { database in
            try database.execute(sql: CityLists.statements)
        }
        return migrator
    }
}
