"""first"""

import sqlalchemy as sa
from alembic import op

from dougong.types import Exact, Id

revision = 'production_0001'
down_revision = None
branch_labels = None
depends_on = None
#: Revisions of other plugins that must be there first, by plugin.
plugin_depends: dict[str, str] = {'base': 'base_0001', 'core': 'core_0001'}


def upgrade() -> None:
    op.create_table('production_work_centre',
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('group_name', sa.String(length=60), nullable=True),
    sa.Column('calendar_id', Id, nullable=True),
    sa.Column('hours_a_day', Exact(6), nullable=False),
    sa.Column('capacity', Id, nullable=False),
    sa.Column('efficiency', Exact(4), nullable=False),
    sa.Column('labour_rate', Exact(6), nullable=False),
    sa.Column('overhead_rate', Exact(6), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(length=2000), nullable=True),
    sa.Column('company_id', Id, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', Id, autoincrement=False, nullable=False),
    sa.CheckConstraint('capacity > 0', name=op.f('ck_production_work_centre_capacity_positive')),
    sa.CheckConstraint('efficiency > 0', name=op.f('ck_production_work_centre_efficiency_positive')),
    sa.CheckConstraint('hours_a_day > 0', name=op.f('ck_production_work_centre_hours_positive')),
    sa.CheckConstraint('labour_rate >= 0 AND overhead_rate >= 0', name=op.f('ck_production_work_centre_rates_not_negative')),
    sa.ForeignKeyConstraint(['calendar_id'], ['base_calendar.id'], name=op.f('fk_production_work_centre_calendar_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['company_id'], ['core_company.id'], name=op.f('fk_production_work_centre_company_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_production_work_centre')),
    sa.UniqueConstraint('company_id', 'code', name=op.f('uq_production_work_centre_company_id_code'))
    )
    with op.batch_alter_table('production_work_centre', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_production_work_centre_calendar_id'), ['calendar_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_production_work_centre_company_id'), ['company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_production_work_centre_group_name'), ['group_name'], unique=False)

    op.create_table('production_bom',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('product_id', Id, nullable=False),
    sa.Column('quantity', Exact(6), nullable=False),
    sa.Column('unit_id', Id, nullable=True),
    sa.Column('own_quantity', Exact(6), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(length=2000), nullable=True),
    sa.Column('company_id', Id, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', Id, autoincrement=False, nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_production_bom_quantity_positive')),
    sa.CheckConstraint('valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from', name=op.f('ck_production_bom_valid_in_order')),
    sa.ForeignKeyConstraint(['company_id'], ['core_company.id'], name=op.f('fk_production_bom_company_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['product_id'], ['base_product.id'], name=op.f('fk_production_bom_product_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['unit_id'], ['base_unit.id'], name=op.f('fk_production_bom_unit_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_production_bom')),
    sa.UniqueConstraint('company_id', 'code', name=op.f('uq_production_bom_company_id_code'))
    )
    with op.batch_alter_table('production_bom', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_production_bom_company_id'), ['company_id'], unique=False)
        batch_op.create_index('ix_production_bom_product_active', ['product_id', 'active'], unique=False)

    op.create_table('production_work_centre_alternative',
    sa.Column('centre_id', Id, nullable=False),
    sa.Column('position', Id, nullable=False),
    sa.Column('alternative_id', Id, nullable=False),
    sa.Column('id', Id, autoincrement=False, nullable=False),
    sa.CheckConstraint('centre_id <> alternative_id', name=op.f('ck_production_work_centre_alternative_another')),
    sa.ForeignKeyConstraint(['alternative_id'], ['production_work_centre.id'], name=op.f('fk_production_work_centre_alternative_alternative_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['centre_id'], ['production_work_centre.id'], name=op.f('fk_production_work_centre_alternative_centre_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_production_work_centre_alternative')),
    sa.UniqueConstraint('centre_id', 'alternative_id', name=op.f('uq_production_work_centre_alternative_centre_id_alternative_id'))
    )
    with op.batch_alter_table('production_work_centre_alternative', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_production_work_centre_alternative_alternative_id'), ['alternative_id'], unique=False)

    op.create_table('production_bom_by_product',
    sa.Column('bom_id', Id, nullable=False),
    sa.Column('position', Id, nullable=False),
    sa.Column('product_id', Id, nullable=False),
    sa.Column('quantity', Exact(6), nullable=False),
    sa.Column('cost_share', Exact(4), nullable=False),
    sa.Column('id', Id, autoincrement=False, nullable=False),
    sa.CheckConstraint('cost_share >= 0', name=op.f('ck_production_bom_by_product_share_not_negative')),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_production_bom_by_product_quantity_positive')),
    sa.ForeignKeyConstraint(['bom_id'], ['production_bom.id'], name=op.f('fk_production_bom_by_product_bom_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['product_id'], ['base_product.id'], name=op.f('fk_production_bom_by_product_product_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_production_bom_by_product'))
    )
    with op.batch_alter_table('production_bom_by_product', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_production_bom_by_product_bom_id'), ['bom_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_production_bom_by_product_product_id'), ['product_id'], unique=False)

    op.create_table('production_bom_line',
    sa.Column('bom_id', Id, nullable=False),
    sa.Column('position', Id, nullable=False),
    sa.Column('product_id', Id, nullable=False),
    sa.Column('quantity', Exact(6), nullable=False),
    sa.Column('unit_id', Id, nullable=True),
    sa.Column('own_quantity', Exact(6), nullable=False),
    sa.Column('scrap', Exact(4), nullable=False),
    sa.Column('phantom', sa.Boolean(), nullable=False),
    sa.Column('group_name', sa.String(length=20), nullable=True),
    sa.Column('priority', Id, nullable=False),
    sa.Column('operation', Id, nullable=True),
    sa.Column('id', Id, autoincrement=False, nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_production_bom_line_quantity_positive')),
    sa.CheckConstraint('scrap >= 0', name=op.f('ck_production_bom_line_scrap_not_negative')),
    sa.ForeignKeyConstraint(['bom_id'], ['production_bom.id'], name=op.f('fk_production_bom_line_bom_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['product_id'], ['base_product.id'], name=op.f('fk_production_bom_line_product_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['unit_id'], ['base_unit.id'], name=op.f('fk_production_bom_line_unit_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_production_bom_line'))
    )
    with op.batch_alter_table('production_bom_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_production_bom_line_bom_id'), ['bom_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_production_bom_line_product_id'), ['product_id'], unique=False)

    op.create_table('production_bom_operation',
    sa.Column('bom_id', Id, nullable=False),
    sa.Column('position', Id, nullable=False),
    sa.Column('sequence', Id, nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('work_centre_id', Id, nullable=False),
    sa.Column('setup_minutes', Exact(6), nullable=False),
    sa.Column('run_minutes', Exact(6), nullable=False),
    sa.Column('overlap', Exact(4), nullable=False),
    sa.Column('external', sa.Boolean(), nullable=False),
    sa.Column('external_price', Exact(6), nullable=False),
    sa.Column('id', Id, autoincrement=False, nullable=False),
    sa.CheckConstraint('external_price >= 0', name=op.f('ck_production_bom_operation_price_not_negative')),
    sa.CheckConstraint('overlap >= 0', name=op.f('ck_production_bom_operation_overlap_not_negative')),
    sa.CheckConstraint('setup_minutes >= 0 AND run_minutes >= 0', name=op.f('ck_production_bom_operation_minutes_not_negative')),
    sa.ForeignKeyConstraint(['bom_id'], ['production_bom.id'], name=op.f('fk_production_bom_operation_bom_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['work_centre_id'], ['production_work_centre.id'], name=op.f('fk_production_bom_operation_work_centre_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_production_bom_operation')),
    sa.UniqueConstraint('bom_id', 'sequence', name=op.f('uq_production_bom_operation_bom_id_sequence'))
    )
    with op.batch_alter_table('production_bom_operation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_production_bom_operation_work_centre_id'), ['work_centre_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('production_bom_operation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_production_bom_operation_work_centre_id'))

    op.drop_table('production_bom_operation')
    with op.batch_alter_table('production_bom_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_production_bom_line_product_id'))
        batch_op.drop_index(batch_op.f('ix_production_bom_line_bom_id'))

    op.drop_table('production_bom_line')
    with op.batch_alter_table('production_bom_by_product', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_production_bom_by_product_product_id'))
        batch_op.drop_index(batch_op.f('ix_production_bom_by_product_bom_id'))

    op.drop_table('production_bom_by_product')
    with op.batch_alter_table('production_work_centre_alternative', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_production_work_centre_alternative_alternative_id'))

    op.drop_table('production_work_centre_alternative')
    with op.batch_alter_table('production_bom', schema=None) as batch_op:
        batch_op.drop_index('ix_production_bom_product_active')
        batch_op.drop_index(batch_op.f('ix_production_bom_company_id'))

    op.drop_table('production_bom')
    with op.batch_alter_table('production_work_centre', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_production_work_centre_group_name'))
        batch_op.drop_index(batch_op.f('ix_production_work_centre_company_id'))
        batch_op.drop_index(batch_op.f('ix_production_work_centre_calendar_id'))

    op.drop_table('production_work_centre')
