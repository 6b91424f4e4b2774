import Foundation
import Glibc
import Testing

extension Program {
    @Suite(
        "frontdesk hub",
        .enabled(if: dlopen("libpq.so.5", RTLD_LAZY) != nil, "PostgreSQL is not installed: apt-get install postgresql"))
    struct HubCommandTests {
        @Test("without a hub it says so, and nothing is made")
        func none() throws {
            let home = try TestHome()
            #expect(try home.run("hub").out.contains("没有中心库"))
            #expect(try home.run("hub --status --json").out == "null\n")
            #expect(!FileManager.default.fileExists(atPath: "\(home.data)/hub"))
        }

        @Test(
            "an address that is unsafe or no address is refused, and not kept",
            arguments: [
                ("postgresql://gate:geheim@hub.example/c", "hub.passwordInAddress"),
                ("postgresql://gate@hub.example/c?sslmode=require", "hub.insecure"), ("hots=1", "hub.address"),
            ])
        func refused(address: String, code: String) throws {
            let home = try TestHome()
            let outcome = try home.run(["hub", address, "--json"])
            #expect(outcome.code == 2 && outcome.error["code"].text == code, "\(outcome)")
            #expect(!outcome.err.contains("geheim") && !outcome.out.contains("geheim"))
            #expect(!FileManager.default.fileExists(atPath: "\(home.data)/hub/SETTING"))
        }

        @Test("a password file that others may read is refused")
        func passwordFile() throws {
            let home = try TestHome()
            let file = try home.file("password", "geheim\n")
            chmod(file, 0o644)
            let outcome = try home.run(["hub", "host=/nowhere dbname=c", "--password-file", file, "--json"])
            #expect(outcome.code == 2 && outcome.error["code"].text == "hub.passwordFile", "\(outcome)")
        }

        @Test("a hub that does not answer is kept and tried again; work goes on; --off ends it")
        func unreachable() throws {
            let home = try TestHome()
            let outcome = try home.run(["hub", "host=\(home.folder.path) dbname=c", "--json"])
            #expect(outcome.code == 5 && outcome.error["code"].text == "hub.unreachable", "\(outcome)")
            let setting = "\(home.data)/hub/SETTING"
            let mode = try FileManager.default.attributesOfItem(atPath: setting)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try home.run("do unit.add unit=7-7-701").code == 0)
            #expect(try home.run("hub --once --json").code == 5)
            let status = try home.run("hub --status")
            #expect(status.code == 0 && status.out.contains("断开"), "\(status)")
            #expect(try home.run("hub --status --json").json["trouble"].text == "hub.unreachable")
            let text = try TestHome.text(setting)
            for damaged in ["", "x", "{}", #"{"hub":1}"#] {
                try Data(damaged.utf8).write(to: URL(fileURLWithPath: setting))
                for command in ["hub --once --json", "hub --json"] {
                    let told = try home.run(command)
                    #expect(told.code == 5 && told.error["code"].text == "hub.setting", "\(told)")
                }
            }
            try Data(text.utf8).write(to: URL(fileURLWithPath: setting))
            #expect(try home.run("hub --off").code == 0)
            #expect(try home.run("hub").out.contains("没有中心库"))
        }

        @Test(
            "an empty address, and one with the password of a key, are refused",
            arguments: ["", " ", "host=h sslpassword=x"])
        func refusedAddress(address: String) throws {
            let home = try TestHome()
            let outcome = try home.run(["hub", address, "--json"])
            #expect(outcome.code == 2, "\(outcome)")
            #expect(!FileManager.default.fileExists(atPath: "\(home.data)/hub/SETTING"))
        }

        @Test("the statements for the administrator name the estate, and are the same each time")
        func sql() throws {
            let home = try TestHome()
            let sql = try home.run("hub --sql").out
            #expect(sql.contains("CREATE TABLE IF NOT EXISTS frontdesk.line"))
            #expect(try home.run("hub --sql").out == sql)
            let other = try TestHome()
            #expect(try other.run("hub --sql").out != sql)
        }

        @Test("the service ends at SIGTERM")
        func service() throws {
            let home = try TestHome()
            let child = try ChildProcess(
                [Program.path, "hub", "--follow"], environment: home.environment(),
                .files(
                    input: "/dev/null", output: try home.file("service.out"), errors: try home.file("service.err")))
            usleep(1_500_000)
            kill(child.number, SIGTERM)
            #expect(child.wait() == 0)
        }
    }
}
