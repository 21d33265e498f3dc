//! Reads the organisation, its projects, contacts and contractors.

use rusqlite::{OptionalExtension, Row};

use super::{Reader, id, or_default, text};
use crate::model::id::Id;
use crate::model::organisation::{Contact, Contractor, Organisation, Party, Post, Project};
use crate::store::error::StoreError;

impl Reader<'_> {
    /// Returns the organisation, once there is one.
    pub fn organisation(self) -> Result<Option<Organisation>, StoreError> {
        // Once machines exchange, there is no beginning anew in the same file.
        let sql = "SELECT * FROM organisation
                   WHERE archived IS NOT 1 OR EXISTS (SELECT 1 FROM about WHERE name = 'founder')
                   ORDER BY archived IS 1, id LIMIT 1";
        let mut statement = self.0.prepare_cached(sql)?;
        let found = statement.query_row([], |row| {
            Ok(Organisation {
                id: id(row, "id")?,
                name: text(row, "name")?,
                currency: text(row, "currency")?,
                zone: text(row, "zone")?,
            })
        });
        Ok(found.optional()?)
    }

    /// Returns every project, by name.
    pub fn projects(self) -> Result<Vec<Project>, StoreError> {
        self.all("SELECT * FROM project ORDER BY name, id", [], project)
    }

    /// Returns every contact, by name.
    pub fn contacts(self) -> Result<Vec<Contact>, StoreError> {
        self.all("SELECT * FROM contact ORDER BY name, id", [], contact)
    }

    /// Returns every contractor, by name.
    pub fn contractors(self) -> Result<Vec<Contractor>, StoreError> {
        self.all("SELECT * FROM contractor ORDER BY name, id", [], contractor)
    }
}

fn project(row: &Row<'_>) -> rusqlite::Result<Project> {
    Ok(Project {
        id: id(row, "id")?,
        name: text(row, "name")?,
        client: Party {
            name: text(row, "client")?,
            address: text(row, "client_address")?,
            email: text(row, "client_email")?,
            phone: text(row, "client_phone")?,
        },
        archived: or_default(row, "archived")?,
    })
}

fn contact(row: &Row<'_>) -> rusqlite::Result<Contact> {
    let post: String = text(row, "post")?;
    let project: Option<[u8; 16]> = row.get("project")?;
    Ok(Contact {
        id: id(row, "id")?,
        party: Party {
            name: text(row, "name")?,
            address: String::new(),
            email: text(row, "email")?,
            phone: text(row, "phone")?,
        },
        post: Post::from_word(&post).unwrap_or(Post::ChefMission),
        project: project.map(Id::from_bytes),
        archived: or_default(row, "archived")?,
    })
}

fn contractor(row: &Row<'_>) -> rusqlite::Result<Contractor> {
    Ok(Contractor {
        id: id(row, "id")?,
        party: Party {
            name: text(row, "name")?,
            address: text(row, "address")?,
            email: text(row, "email")?,
            phone: text(row, "phone")?,
        },
        archived: or_default(row, "archived")?,
    })
}
